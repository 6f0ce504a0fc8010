using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Deployment.Database;

/// <summary>
/// MariaDB's <c>mysql_native_password</c>: the server is told the hash, so that no statement holds a password, and no character of one can
/// end a statement.
/// </summary>
internal static class NativePassword
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The hash as the server keeps it.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The server's own algorithm.")]
    public static string Hash(Secret password) =>
        "*" + Convert.ToHexString(SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(password.Reveal()))));

    /// <summary>A password of letters and digits, of 190 bits.</summary>
    public static Secret Random() => new(RandomNumberGenerator.GetString(Letters, 32));
}
