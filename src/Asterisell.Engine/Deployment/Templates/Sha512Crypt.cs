using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// The password hash <c>$6$</c> of the system's <c>crypt(3)</c>, after Ulrich Drepper's public-domain specification, with its 5000
/// rounds: the strongest that nginx checks on Debian and on CentOS 7 alike.
/// </summary>
internal static class Sha512Crypt
{
    /// <summary>Characters of a salt.</summary>
    public const int SaltLength = 16;

    private const int Rounds = 5000;
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The hash with its salt, as it stands in a password file.</summary>
    /// <param name="password">Password, UTF-8.</param>
    /// <param name="salt">16 letters, digits, dots and slashes.</param>
    public static string Hash(ReadOnlySpan<byte> password, string salt)
    {
        byte[] saltBytes = Encoding.ASCII.GetBytes(salt);
        byte[] digest = Start(password, saltBytes);
        byte[] p = Repeat(Sum(password, password.Length), password.Length);
        byte[] s = Repeat(Sum(saltBytes, 16 + digest[0]), saltBytes.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        for (int round = 0; round < Rounds; round++)
        {
            bool odd = (round & 1) != 0;
            hash.AppendData(odd ? p : digest);
            hash.AppendData(round % 3 != 0 ? s : []);
            hash.AppendData(round % 7 != 0 ? p : []);
            hash.AppendData(odd ? digest : p);
            digest = hash.GetHashAndReset();
        }

        return $"$6${salt}${Encode(digest)}";
    }

    private static byte[] Start(ReadOnlySpan<byte> password, byte[] salt)
    {
        byte[] alternate = SHA512.HashData([.. password, .. salt, .. password]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(password);
        hash.AppendData(salt);
        hash.AppendData(Repeat(alternate, password.Length));
        for (int length = password.Length; length > 0; length >>= 1)
        {
            hash.AppendData((length & 1) != 0 ? alternate : password);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Sum(ReadOnlySpan<byte> text, int times)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        for (int i = 0; i < times; i++)
        {
            hash.AppendData(text);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Repeat(byte[] bytes, int length)
    {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++)
        {
            result[i] = bytes[i % bytes.Length];
        }

        return result;
    }

    /// <summary>Groups of three bytes whose order turns with each group, the lowest six bits first.</summary>
    private static string Encode(byte[] digest)
    {
        var text = new StringBuilder();
        (int a, int b, int c) = (0, 21, 42);
        for (int group = 0; group < 21; group++)
        {
            Append(text, (digest[a] << 16) | (digest[b] << 8) | digest[c], 4);
            (a, b, c) = (b + 1, c + 1, a + 1);
        }

        Append(text, digest[63], 2);
        return text.ToString();
    }

    private static void Append(StringBuilder text, int bits, int characters)
    {
        for (; characters > 0; characters--, bits >>= 6)
        {
            text.Append(Alphabet[bits & 63]);
        }
    }
}
