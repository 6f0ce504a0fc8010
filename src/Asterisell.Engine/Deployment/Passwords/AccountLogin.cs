using System.Text;

namespace Asterisell.Engine.Deployment.Passwords;

/// <summary>How MariaDB lets an account in: methods, of which any one suffices.</summary>
/// <param name="Methods">Plugins with their secret as <c>ALTER USER … IDENTIFIED VIA</c> takes them.</param>
internal sealed record AccountLogin(IReadOnlyList<string> Methods)
{
    private const string Native = "mysql_native_password";

    /// <summary>From what <c>SHOW CREATE USER</c> gives.</summary>
    /// <exception cref="FormatException">It is none that MariaDB is known to give; the message does not quote it, for it holds hashes.</exception>
    public static AccountLogin Parse(string statement)
    {
        string[] words = [.. Words(statement)];
        int at = Array.IndexOf(words, "IDENTIFIED");
        return words[(at + 1)..] switch
        {
            _ when at < 0 => new AccountLogin([$"{Native} USING ''"]),
            ["BY", "PASSWORD", var hash, ..] => new AccountLogin([$"{Native} USING {hash}"]),
            ["VIA", .. var methods] => new AccountLogin([.. Split(methods)]),
            _ => throw new FormatException("an account whose login is none that is known"),
        };
    }

    /// <summary>Everything that lets in now, and a password besides.</summary>
    public AccountLogin And(string hash) => new([.. Methods.Append(Method(hash)).Distinct(StringComparer.Ordinal)]);

    /// <summary>One password, and what is no password (a unix socket) as it is.</summary>
    public AccountLogin Only(string hash) => new([Method(hash), .. Methods.Where(method => !IsPassword(method))]);

    /// <summary>What stands after the account in <c>ALTER USER</c>.</summary>
    public override string ToString() => $"IDENTIFIED VIA {string.Join(" OR ", Methods)}";

    /// <inheritdoc/>
    public bool Equals(AccountLogin? other) => other is not null && Methods.SequenceEqual(other.Methods, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Methods.Count;

    private static string Method(string hash) => $"{Native} USING '{hash}'";

    private static bool IsPassword(string method) => method.Split(' ')[0] is Native or "mysql_old_password" or "ed25519" or "parsec";

    private static IEnumerable<string> Split(string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            string method = words[i];
            if (i + 2 < words.Length && words[i + 1] is "USING" or "AS")
            {
                method += $" USING {words[i + 2]}";
                i += 2;
            }

            yield return method;
            if (i + 1 >= words.Length || words[i + 1] != "OR")
            {
                yield break;
            }

            i++;
        }
    }

    /// <summary>Words by blanks, quoted ones whole.</summary>
    private static IEnumerable<string> Words(string statement)
    {
        var word = new StringBuilder();
        char quote = '\0';
        foreach (char c in statement)
        {
            if (c == ' ' && quote == '\0')
            {
                yield return word.ToString();
                word.Clear();
                continue;
            }

            quote = quote == '\0' && c is '\'' or '`' ? c : c == quote ? '\0' : quote;
            word.Append(c);
        }

        yield return word.ToString();
    }
}
