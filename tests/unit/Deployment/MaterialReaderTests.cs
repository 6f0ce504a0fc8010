using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Tests.Unit.Deployment;

public sealed class MaterialReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("material").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everything_that_the_settings_refer_to_is_read_and_can_be_rendered()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        string pem = Write("a.crt", certificate.ExportCertificatePem());
        string secret = Write("a.key", key.ExportPkcs8PrivateKeyPem());
        Write("customizations/mine/Own.php", "<?php class Own {}\n");
        var asked = new Vault();
        ConfigurationMaterial material = await ReadAsync(
            $$"""
            database: { password: { secret: db }, customerPassword: { secret: customer } }
            smtp: { password: { secret: mail } }
            web: { certificate: {{pem}}, certificateKey: {{secret}}, accounts: [{ name: a, password: { secret: web } }, { name: b, password: { secret: web } }] }
            external: { connections: [{ name: c, user: u, host: h, password: { secret: far } }, { name: d, user: u, host: h }] }
            customFiles: { mine/Own.php: lib }
            """,
            asked);
        Assert.Equal("the secret db", material.DatabasePassword!.Reveal());
        Assert.Equal("the secret customer", material.CustomerPassword!.Reveal());
        Assert.Equal("the secret mail", material.Reveal(SecretReference.FromVault("mail")));
        Assert.Equal("", material.Reveal(null));
        Assert.Equal(["customer", "db", "far", "mail", "web"], asked.Names.Order());
        Assert.Equal("<?php class Own {}\n", Encoding.UTF8.GetString(material.CustomFiles["mine/Own.php"].Span));
        Assert.StartsWith("-----BEGIN CERTIFICATE", Encoding.UTF8.GetString(material.Certificate!.Value.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", material.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(() => ReadAsync("customFiles: { Own.php: lib }", new Vault()));
        Assert.Equal(nameof(TemplateErrors.LocalFileNotReadable), error.ErrorId);
        Assert.Contains(Path.Combine(folder, "customizations", "Own.php"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nginx_would_not_take_is_refused()
    {
        string body = $"web: {{ certificate: {Write("a.crt", "none")}, certificateKey: {Write("a.key", "none")} }}";
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(() => ReadAsync(body, new Vault()));
        Assert.Equal(nameof(TemplateErrors.CertificateUnusable), error.ErrorId);
    }

    private async Task<ConfigurationMaterial> ReadAsync(string body, Vault vault)
    {
        AsterisellInstance instance = Samples.Instance(body) with { InventoryPath = Path.Combine(folder, "asterisell.yml") };
        using var resolver = new SecretResolver(vault);
        return await new MaterialReader(resolver).ReadAsync(instance, CancellationToken.None);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Vault : ISecretSource
    {
        public List<string> Names { get; } = [];

        public Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation)
        {
            Names.Add(name);
            return Task.FromResult<Secret?>(new Secret($"the secret {name}"));
        }

        public Task<Secret?> AskAsync(string question, CancellationToken cancellation) => Task.FromResult<Secret?>(null);
    }
}
