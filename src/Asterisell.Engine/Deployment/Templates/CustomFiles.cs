namespace Asterisell.Engine.Deployment.Templates;

/// <summary>Files of the operator that go into the application.</summary>
internal static class CustomFiles
{
    /// <summary>Folder beside the inventory that they come from.</summary>
    public const string FolderName = "customizations";

    public static IEnumerable<RenderedFile> Of(AsterisellInstance instance, ConfigurationMaterial material) =>
        from file in instance.Settings.CustomFiles
        orderby file.Key
        select new RenderedFile($"{instance.AdminDirectory}/{file.Value}/{file.Key.Split('/')[^1]}", material.CustomFiles[file.Key])
        {
            Group = instance.Settings.Web.UnixUser,
            Mode = FileModes.GroupRead,
            Effect = DriftEffect.Activation,
        };
}
