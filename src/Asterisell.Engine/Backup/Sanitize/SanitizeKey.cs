using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>The key of the masks: the same key gives the same mask for the same text, and without it no mask leads back.</summary>
internal sealed class SanitizeKey
{
    /// <summary>Of SHA-256.</summary>
    private const int BlockSize = 64;

    private const int Iterations = 600_000;

    private readonly byte[] _key;

    private SanitizeKey(byte[] key) => _key = key;

    /// <summary>A key that nobody knows and that is gone after the run.</summary>
    public static SanitizeKey Random() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key that a passphrase gives each time, derived slowly: a weak one should not be guessed from known numbers.</summary>
    public static SanitizeKey From(Secret passphrase) => new(Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(passphrase.Reveal()), "asterisell-sanitize"u8, Iterations, HashAlgorithmName.SHA256, 32));

    /// <summary>The key of the operator, or a random one.</summary>
    public static SanitizeKey FromOrRandom(Secret? passphrase) => passphrase is null ? Random() : From(passphrase);

    /// <summary>Statement that gives a session the key; the server is told first not to write it into a log.</summary>
    public string ToSql() =>
        $"SET {MaskSql.InnerKey} = UNHEX('{Padded(0x36)}'), {MaskSql.OuterKey} = UNHEX('{Padded(0x5c)}')";

    private string Padded(byte pad)
    {
        byte[] block = new byte[BlockSize];
        _key.CopyTo(block, 0);
        for (int i = 0; i < BlockSize; i++)
        {
            block[i] ^= pad;
        }

        return Convert.ToHexString(block);
    }
}
