using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>Reads what an instance's settings refer to: looks secrets up, reads certificates and the operator's files.</summary>
internal sealed class MaterialReader(SecretResolver secrets)
{
    /// <summary>The material of one instance.</summary>
    /// <exception cref="AsterisellException"><see cref="SecretErrors"/>, <see cref="TemplateErrors"/>.</exception>
    public async Task<ConfigurationMaterial> ReadAsync(AsterisellInstance instance, CancellationToken cancellation)
    {
        InstanceSettings settings = instance.Settings;
        var found = new Dictionary<SecretReference, Secret>();
        foreach (SecretReference reference in References(settings).Distinct())
        {
            found.Add(reference, await secrets.ResolveAsync(reference, cancellation).ConfigureAwait(false));
        }

        Dictionary<string, ReadOnlyMemory<byte>> files = [];
        foreach (string name in settings.CustomFiles.Keys)
        {
            string path = Path.Combine(Path.GetDirectoryName(instance.InventoryPath) ?? "", CustomFiles.FolderName, name);
            files.Add(name, await ReadFileAsync(instance, "customFiles", path, cancellation).ConfigureAwait(false));
        }

        return await WithCertificateAsync(
            instance,
            new ConfigurationMaterial
            {
                DatabasePassword = Find(settings.Database.Password),
                CustomerPassword = Find(settings.Database.CustomerPassword),
                Secrets = found,
                CustomFiles = files,
            },
            cancellation).ConfigureAwait(false);

        Secret? Find(SecretReference? reference) => reference is null ? null : found[reference];
    }

    /// <summary>The secrets that settings refer to.</summary>
    public static IEnumerable<SecretReference> References(InstanceSettings settings) =>
        settings.Web.Accounts.Concat(settings.Webdav.Users).Select(account => account.Password)
            .Concat(settings.External.Connections.Select(connection => connection.Password))
            .Append(settings.Smtp.Password).Append(settings.Database.Password).Append(settings.Database.CustomerPassword)
            .OfType<SecretReference>();

    private static async Task<ConfigurationMaterial> WithCertificateAsync(
        AsterisellInstance instance, ConfigurationMaterial material, CancellationToken cancellation)
    {
        WebSettings web = instance.Settings.Web;
        if (web.Certificate is not { } certificate || web.CertificateKey is not { } key)
        {
            return material;
        }

        ReadOnlyMemory<byte> chain = await ReadFileAsync(instance, "web.certificate", certificate, cancellation).ConfigureAwait(false);
        ReadOnlyMemory<byte> secret = await ReadFileAsync(instance, "web.certificateKey", key, cancellation).ConfigureAwait(false);
        if (CertificateCheck.Refusal(chain.Span, secret.Span) is { } why)
        {
            throw TemplateErrors.CertificateUnusable(instance, certificate, why);
        }

        return material with { Certificate = chain, CertificateKey = secret };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(
        AsterisellInstance instance, string setting, string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw TemplateErrors.LocalFileNotReadable(instance, setting, path, failure.Message, failure);
        }
    }
}
