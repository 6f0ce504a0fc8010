using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Backup.Transfer.OpenPgp;

/// <summary>The key that a passphrase gives: iterated and salted SHA-256 (RFC 4880, 3.7.1.3), for AES-256.</summary>
internal static class SessionKey
{
    public const byte Aes256 = 9;
    public const byte Sha256 = 8;
    public const byte IteratedSalted = 3;
    public const int SaltSize = 8;

    /// <summary>The most that the format can say: 65,011,712 bytes are hashed.</summary>
    public const byte LargestCount = 255;

    /// <summary>Derives it.</summary>
    public static byte[] Derive(Secret passphrase, ReadOnlySpan<byte> salt, byte codedCount)
    {
        byte[] secret = [.. salt, .. Encoding.UTF8.GetBytes(passphrase.Reveal())];
        long left = Math.Max((16L + (codedCount & 15)) << ((codedCount >> 4) + 6), secret.Length);
        byte[] block = new byte[Math.Max(1, 64 * 1024 / secret.Length) * secret.Length];
        for (int at = 0; at < block.Length; at += secret.Length)
        {
            secret.CopyTo(block, at);
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; left > 0; left -= block.Length)
        {
            hash.AppendData(block, 0, (int)Math.Min(left, block.Length));
        }

        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(block);
        return hash.GetHashAndReset();
    }
}
