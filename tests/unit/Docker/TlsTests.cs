using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>TLS as <c>dockerd --tlsverify</c> speaks it.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;
    private readonly X509Certificate2 _authority = CreateAuthority();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Both_sides_know_each_other_and_input_ends_on_its_own()
    {
        using X509Certificate2 server = Create(_authority, "127.0.0.1", ServerUse);
        WriteClient(_authority, _authority);
        await using FakeEngine fake = Start(server, async exchange =>
        {
            if (exchange.FirstLine.Contains("/start ", StringComparison.Ordinal))
            {
                // The whole input, to its end, before a word of output: as `wc -c` does.
                await exchange.SendAsync(RecordedAnswers.Upgrade([]));
                string count = (await exchange.ReadToEndAsync()).ToString(CultureInfo.InvariantCulture);
                byte[] frame = [1, 0, 0, 0, 0, 0, 0, (byte)count.Length, .. Encoding.ASCII.GetBytes(count)];
                await exchange.SendAndCloseAsync(frame);
                return;
            }

            await RecordedAnswers.Exec([])(exchange);
        });
        await using DockerConnector connector = new(FakeEngine.Limits with { QuickAnswer = TimeSpan.FromSeconds(20) });
        IDockerEngine engine = await connector.ConnectAsync(fake.Host with { TlsFolder = _folder }, CancellationToken.None);
        await using IExecProcess process = await engine.StartExecAsync(
            "some", new(["wc", "-c"]) { AttachInput = true }, CancellationToken.None);
        await process.Input.WriteAsync(new byte[3_000_000]);
        await process.CompleteInputAsync(CancellationToken.None);
        Assert.Equal("O3000000", await EngineProbe.ReadAsync(process.ReadOutputAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task An_engine_of_another_authority_is_not_trusted()
    {
        using X509Certificate2 other = CreateAuthority();
        using X509Certificate2 server = Create(other, "127.0.0.1", ServerUse);
        WriteClient(_authority, _authority);
        Assert.Equal("TlsServerNotTrusted", await FailAsync(server));
    }

    [Fact]
    public async Task An_engine_that_proves_another_name_is_not_trusted()
    {
        using X509Certificate2 server = Create(_authority, "127.0.0.9", ServerUse);
        WriteClient(_authority, _authority);
        Assert.Equal("TlsServerNotTrusted", await FailAsync(server));
    }

    [Fact]
    public async Task A_client_s_certificate_does_not_make_an_engine()
    {
        using X509Certificate2 server = Create(_authority, "127.0.0.1", ClientUse);
        WriteClient(_authority, _authority);
        Assert.Equal("TlsServerNotTrusted", await FailAsync(server));
    }

    [Fact]
    public async Task A_certificate_that_the_engine_refuses_is_told()
    {
        using X509Certificate2 server = Create(_authority, "127.0.0.1", ServerUse);
        using X509Certificate2 other = CreateAuthority();
        WriteClient(_authority, other);
        Assert.Contains(await FailAsync(server), new[] { "TlsRefused", "ConnectionLost" });
    }

    [Fact]
    public async Task Missing_files_are_told()
    {
        using X509Certificate2 server = Create(_authority, "127.0.0.1", ServerUse);
        Assert.Equal("TlsFilesUnreadable", await FailAsync(server));
    }

    private static X509Certificate2 CreateAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Create(X509Certificate2 authority, string address, Oid use)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=one", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], false));
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(
            authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    private void WriteClient(X509Certificate2 trusted, X509Certificate2 issuer)
    {
        using X509Certificate2 client = Create(issuer, "127.0.0.1", ClientUse);
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), trusted.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private FakeEngine Start(X509Certificate2 server, Func<FakeExchange, Task> answer) => FakeEngine.StartTcp(answer, async network =>
    {
        SslStream stream = new(network);
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_authority);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = server, ClientCertificateRequired = true, CertificateChainPolicy = policy,
        });
        return stream;
    });

    private async Task<string> FailAsync(X509Certificate2 server)
    {
        await using FakeEngine fake = Start(server, exchange => exchange.SendAsync(RecordedAnswers.Container));
        await using DockerConnector connector = new(FakeEngine.Limits with { Connect = TimeSpan.FromSeconds(10) });
        AsterisellHost host = fake.Host with { TlsFolder = _folder };
        return (await Assert.ThrowsAsync<AsterisellException>(() => connector.ConnectAsync(host, CancellationToken.None))).ErrorId;
    }
}
