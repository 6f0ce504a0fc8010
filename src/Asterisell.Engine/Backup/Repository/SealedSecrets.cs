using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>
/// Encrypts with a passphrase in the format of <c>openssl enc</c>, so that it opens without this module, on any machine, years from now:
/// <c>openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -md sha256</c>.
/// </summary>
/// <remarks>
/// That format has no seal of its own, so an HMAC-SHA256 of the whole file stands beside it. Its key is the next 32 bytes of the same PBKDF2
/// output, of which openssl uses the first 48; so a wrong passphrase and a changed file are found before anything is decrypted.
/// </remarks>
internal static class SealedSecrets
{
    /// <summary>What OWASP advises for PBKDF2-HMAC-SHA256 (2023).</summary>
    public const int Iterations = 600_000;

    private const int KeySize = 32;
    private const int BlockSize = 16;
    private const int SaltSize = 8;

    private static ReadOnlySpan<byte> Magic => "Salted__"u8;

    /// <summary>Encrypts.</summary>
    /// <returns>The file, and its seal in lower case hexadecimal.</returns>
    public static (byte[] File, string Seal) Encrypt(ReadOnlySpan<byte> plain, Secret passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        byte[] derived = Derive(passphrase, salt);
        try
        {
            using Aes aes = Aes.Create();
            aes.Key = derived[..KeySize];
            byte[] file = [.. Magic, .. salt, .. aes.EncryptCbc(plain, derived.AsSpan(KeySize, BlockSize))];
            return (file, Seal(file, derived));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Decrypts; null for a wrong passphrase or a changed file.</summary>
    public static byte[]? Decrypt(ReadOnlySpan<byte> file, string seal, Secret passphrase)
    {
        if (file.Length < Magic.Length + SaltSize + BlockSize || !file.StartsWith(Magic))
        {
            return null;
        }

        byte[] derived = Derive(passphrase, file.Slice(Magic.Length, SaltSize).ToArray());
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Seal(file, derived)), Encoding.ASCII.GetBytes(seal.Trim())))
            {
                return null;
            }

            using Aes aes = Aes.Create();
            aes.Key = derived[..KeySize];
            return aes.DecryptCbc(file[(Magic.Length + SaltSize)..], derived.AsSpan(KeySize, BlockSize));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    private static string Seal(ReadOnlySpan<byte> file, byte[] derived) =>
        Convert.ToHexString(HMACSHA256.HashData(derived.AsSpan(KeySize + BlockSize, KeySize), file)).ToLowerInvariant();

    private static byte[] Derive(Secret passphrase, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(
        passphrase.Reveal(), salt, Iterations, HashAlgorithmName.SHA256, KeySize + BlockSize + KeySize);
}
