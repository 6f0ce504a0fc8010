using System.Text;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// Turns an instance's settings into the files of its container. A function of its arguments: the same settings give the same bytes, so
/// that what is there can be compared with what should be there.
/// </summary>
internal static class ConfigurationRenderer
{
    /// <summary>Everything that the settings put into the container.</summary>
    /// <exception cref="AsterisellException"><see cref="TemplateErrors"/>.</exception>
    public static RenderedConfiguration Render(AsterisellInstance instance, ConfigurationMaterial material, ImageLayout layout)
    {
        Check(instance, "the name", SettingFormat.Name, instance.Name);
        foreach (WebAccount account in instance.Settings.Web.Accounts.Concat(instance.Settings.Webdav.Users))
        {
            Check(instance, "an account", SettingFormat.WebUser, account.Name);
        }

        List<RenderedFile> files =
        [
            .. ApplicationFiles.Of(instance, material),
            .. WebFiles.Of(instance, material),
            .. SystemFiles.Of(instance, layout),
            .. CustomFiles.Of(instance, material),
        ];
        return files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw TemplateErrors.FileGivenTwice(instance, twice.Key)
            : new RenderedConfiguration(files, WebFiles.Folders(instance), [.. ConfigurationWarnings.Of(instance, material)]);
    }

    /// <summary>One file, with the instance and the file in the error where a value has no safe form.</summary>
    public static RenderedFile File(AsterisellInstance instance, string path, Func<string> render)
    {
        try
        {
            return new RenderedFile(path, Encoding.UTF8.GetBytes(render()));
        }
        catch (TemplateValueException refused)
        {
            throw TemplateErrors.ValueNotWritable(instance, refused.What, path, refused.Message);
        }
    }

    private static void Check(AsterisellInstance instance, string what, SettingFormat format, string value)
    {
        SettingFormatRule rule = SettingFormats.Of(format);
        if (!rule.IsMatch(value))
        {
            throw TemplateErrors.ValueNotWritable(instance, what, "any file", $"it is not {rule.Words}");
        }
    }
}
