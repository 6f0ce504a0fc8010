using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>
/// TLS as Docker sets it up: the engine's certificate must be signed by <c>ca.pem</c> and name the host; ours is <c>cert.pem</c>.
/// </summary>
internal sealed class TlsClient : IDisposable
{
    private readonly AsterisellHost _host;
    private readonly SslClientAuthenticationOptions _options;
    private readonly X509Certificate2? _own;

    internal TlsClient(AsterisellHost host, string folder, string name)
    {
        _host = host;
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(Path.Combine(folder, "ca.pem"));
            _own = LoadOwn(Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw DockerErrors.TlsFilesUnreadable(host, folder, error);
        }

        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // private authorities publish no lists
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // server authentication
        _options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            CertificateChainPolicy = policy,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = _own is null ? null : SslStreamCertificateContext.Create(_own, authorities, offline: true),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    internal async Task<DuplexStream> SecureAsync(Socket socket, CancellationToken cancellation)
    {
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(_options, cancellation).ConfigureAwait(false);
            return new TlsConnection(_host, stream);
        }
        catch (AuthenticationException error)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw DockerErrors.TlsServerNotTrusted(_host, error);
        }
        catch (IOException error)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw DockerErrors.TlsRefused(_host, error);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static X509Certificate2? LoadOwn(string certificate, string key)
    {
        if (!File.Exists(certificate) && !File.Exists(key))
        {
            return null; // an engine that asks its clients for none
        }

        X509Certificate2 loaded = X509Certificate2.CreateFromPemFile(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return loaded;
        }

        // Windows uses no key that lies only in memory, unless it came in this form.
        using (loaded)
        {
            return new X509Certificate2(loaded.Export(X509ContentType.Pkcs12));
        }
    }
}
