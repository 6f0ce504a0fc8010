namespace Asterisell.Engine.Deployment.Templates;

/// <summary>nginx: its configuration, certificates, password files, and the folders of resellers.</summary>
internal static class WebFiles
{
    public static IEnumerable<RenderedFile> Of(AsterisellInstance instance, ConfigurationMaterial material)
    {
        InstanceSettings settings = instance.Settings;
        if (settings.Web.Certificate is not null)
        {
            yield return Certificate(NginxConf.Certificate(instance), material.Certificate);
            yield return Certificate(NginxConf.CertificateKey(instance), material.CertificateKey) with { Mode = FileModes.OwnerOnly, IsSecret = true };
        }

        if (settings.Web.Accounts.Count > 0)
        {
            yield return Passwords(instance, material, NginxConf.AccountsFile(instance), "web.accounts", settings.Web.Accounts);
        }

        foreach (WebAccount reseller in settings.Webdav.Users)
        {
            yield return Passwords(instance, material, NginxConf.ResellerFile(instance, reseller), "webdav.users", [reseller]);
        }

        yield return ConfigurationRenderer.File(instance, NginxConf.Path, () => NginxConf.Render(instance)) with { Effect = DriftEffect.WebReload };
    }

    public static IReadOnlyList<RenderedFolder> Folders(AsterisellInstance instance)
    {
        string web = instance.Settings.Web.UnixUser;
        string exchange = NginxConf.ExchangeFolder(instance);
        RenderedFolder sessions = new(PhpSettingsFile.SessionFolder, "root", web, FileModes.SharedFolder);
        return instance.Settings.Webdav.Users.Count == 0
            ? [sessions]
            :
            [
                sessions,
                new(exchange, "root", web, FileModes.GroupFolder),
                new($"{exchange}/tmp", web, web, FileModes.GroupFolder),
                .. instance.Settings.Webdav.Users.Select(user => new RenderedFolder($"{exchange}/{user.Name}", web, web, FileModes.GroupFolder)),
            ];
    }

    private static RenderedFile Certificate(string path, ReadOnlyMemory<byte>? pem) =>
        new(path, pem ?? throw new ArgumentException("The certificate was not read.")) { Effect = DriftEffect.WebReload };

    private static RenderedFile Passwords(
        AsterisellInstance instance, ConfigurationMaterial material, string path, string setting, IReadOnlyList<WebAccount> accounts) =>
        ConfigurationRenderer.File(instance, path, () => PasswordFile.Render(
            $"{instance}\n{path}", setting, accounts.Select(account => (account.Name, material.Reveal(account.Password))))) with
        {
            Group = instance.Settings.Web.UnixUser,
            Mode = FileModes.GroupRead,
            IsSecret = true,
        };
}
