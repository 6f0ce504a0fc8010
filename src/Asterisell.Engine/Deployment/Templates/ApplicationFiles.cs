namespace Asterisell.Engine.Deployment.Templates;

/// <summary>The applications' own configuration.</summary>
internal static class ApplicationFiles
{
    public static IEnumerable<RenderedFile> Of(AsterisellInstance instance, ConfigurationMaterial material)
    {
        DatabaseSettings database = instance.Settings.Database;
        string admin = Password(instance, material.DatabasePassword, "database.password");
        string customer = Password(instance, material.CustomerPassword, "database.customerPassword");
        yield return File(instance, $"{instance.AdminDirectory}/config/databases.yml", () => DatabasesYmlFile.Admin(database, admin));
        yield return File(instance, $"{instance.UserDirectory}/config/databases.yml", () => DatabasesYmlFile.Customer(database, customer));
        yield return File(instance, $"{instance.AdminDirectory}/apps/asterisell/config/app.yml", () => AppYml.Render(instance, material));
    }

    private static RenderedFile File(AsterisellInstance instance, string path, Func<string> render) =>
        ConfigurationRenderer.File(instance, path, render) with
        {
            Group = instance.Settings.Web.UnixUser,
            Mode = FileModes.GroupRead,
            IsSecret = true,
            Effect = DriftEffect.Activation,
        };

    private static string Password(AsterisellInstance instance, Secret? password, string setting) =>
        password?.Reveal() is { Length: > 0 } value ? value : throw TemplateErrors.DatabasePasswordMissing(instance, setting);
}
