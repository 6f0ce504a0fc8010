using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>Whether nginx will take a certificate: one that it does not take keeps it from starting, and every page away.</summary>
internal static class CertificateCheck
{
    /// <summary>Why a certificate cannot be used; null where it can.</summary>
    public static string? Refusal(ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> key)
    {
        string keyText = Encoding.UTF8.GetString(key);
        if (keyText.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return "its key has a password";
        }

        try
        {
            using X509Certificate2 alone = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate));
            return KeyRefusal(alone, Encoding.UTF8.GetString(certificate), keyText);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return "the file holds no certificate as PEM";
        }
    }

    private static string? KeyRefusal(X509Certificate2 alone, string certificate, string key)
    {
        if (alone.GetRSAPublicKey() is null && alone.GetECDsaPublicKey() is null)
        {
            // Ed25519 and its like, which .NET does not know and nginx does.
            return key.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? null : "the key's file holds no key as PEM";
        }

        try
        {
            using X509Certificate2 pair = X509Certificate2.CreateFromPem(certificate, key);
            return pair.HasPrivateKey ? null : "it has no key";
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return "the key's file does not hold its key";
        }
    }
}
