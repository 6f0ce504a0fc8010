using System.Text;

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
        string file = "";
        try
        {
            return new RenderedConfiguration([.. Files(instance, material, layout, name => file = name)], [], []);
        }
        catch (TemplateValueException refused)
        {
            throw TemplateErrors.ValueNotWritable(instance, refused.What, file, refused.Message);
        }
    }

    private static IEnumerable<RenderedFile> Files(
        AsterisellInstance instance, ConfigurationMaterial material, ImageLayout layout, Action<string> begin)
    {
        _ = layout;
        string admin = $"{instance.AdminDirectory}/config/databases.yml";
        begin(admin);
        yield return ForWebServer(instance, admin, DatabasesYmlFile.Admin(
            instance.Settings.Database, Password(instance, material.DatabasePassword, "database.password")));

        string customer = $"{instance.UserDirectory}/config/databases.yml";
        begin(customer);
        yield return ForWebServer(instance, customer, DatabasesYmlFile.Customer(
            instance.Settings.Database, Password(instance, material.CustomerPassword, "database.customerPassword")));

        string app = $"{instance.AdminDirectory}/apps/asterisell/config/app.yml";
        begin(app);
        yield return ForWebServer(instance, app, AppYml.Render(instance, material));
    }

    private static RenderedFile ForWebServer(AsterisellInstance instance, string path, string text) => new(path, Encoding.UTF8.GetBytes(text))
    {
        Group = instance.Settings.Web.UnixUser,
        Mode = FileModes.GroupRead,
        IsSecret = true,
        AppliedBy = AppliedBy.Activation,
    };

    private static string Password(AsterisellInstance instance, Secret? password, string setting) =>
        password?.Reveal() ?? throw TemplateErrors.DatabasePasswordMissing(instance, setting);
}
