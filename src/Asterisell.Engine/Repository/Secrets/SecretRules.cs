using System.Text.RegularExpressions;

namespace Asterisell.Engine.Repository.Secrets;

/// <summary>Which lines hold a password or a key in clear.</summary>
/// <remarks>
/// The old tool kept every password in <c>fabric_data/asterisell_instances.py</c>, which git tracks: its forms are known here, beside those of
/// the inventory, of PHP, of settings files and of well-known services. References to a secret kept elsewhere are none.
/// </remarks>
internal static partial class SecretRules
{
    /// <summary>Words in a line that say: what looks like a secret here is none.</summary>
    public const string Pass = "not-a-secret";

    private const string Hidden = "********";

    private static readonly HashSet<string> Prose = new(StringComparer.OrdinalIgnoreCase) { ".md", ".rst", ".txt", ".html", ".htm", ".tex", ".po", ".patch", ".diff" };

    private static readonly HashSet<string> Data = new(StringComparer.OrdinalIgnoreCase)
    {
        "", ".yml", ".yaml", ".ini", ".cnf", ".conf", ".cfg", ".env", ".properties", ".toml", ".passwd", ".password", ".secret",
    };

    /// <summary>The line with its secrets masked; null where it holds none.</summary>
    /// <param name="line">Line.</param>
    /// <param name="path">File it is in: a bare word is a value in a settings file and a name in a program.</param>
    public static string? Find(string line, string path)
    {
        if (line.Contains(Pass, StringComparison.Ordinal))
        {
            return null;
        }

        string masked = Mask(line, path);
        return masked == line ? null : masked.Trim();
    }

    /// <summary>The line with everything masked that may be a secret.</summary>
    public static string Mask(string line, string path)
    {
        if (line.Length > LongestLine)
        {
            line = line[..LongestLine];
        }

        string kind = Path.GetExtension(path);
        line = Hide(PrivateKey(), line);
        line = Hide(Token(), line);
        line = Hide(Address(), line);
        if (Prose.Contains(kind))
        {
            return line;
        }

        line = Hide(Quoted(), line);
        line = Hide(Pair(), line);
        line = Hide(Positional(), line);
        line = Hide(Element(), line);
        line = Hide(Sql(), line);
        return Data.Contains(kind) ? Hide(Bare(), line) : line;
    }

    private const int LongestLine = 4096;

    private static string Hide(Regex rule, string line) => rule.Replace(line, match =>
    {
        Group value = match.Groups["v"];
        return IsReference(value.Value)
            ? match.Value
            : match.Value[..(value.Index - match.Index)] + Hidden + match.Value[(value.Index - match.Index + value.Length)..];
    });

    /// <summary>True for what stands for a secret without being one: nothing, a variable, a template's gap, a mask.</summary>
    private static bool IsReference(string value)
    {
        string text = value.Trim();
        return text.Length == 0
            || text.Trim('*', '.', 'x', 'X').Length == 0
            || text[0] is '$' or '{' or '<' or '%' or '[' or '&' or '|' or '!'
            || text.StartsWith("ENC[", StringComparison.Ordinal)
            || text.ToUpperInvariant() is "NULL" or "NONE" or "TRUE" or "FALSE" or "~" or "YES" or "NO"
            || text.Contains("getenv", StringComparison.OrdinalIgnoreCase);
    }

    private const string Key = @"[\w.\-\]'""]*(?:passwo?r?d|passwd|passphrase|pwd|_secret|secret_?key|api_?key|access_?key|auth_?token|private_?key)\w*";

    // password = 'x', "password": "x", 'password' => 'x', password: "x"
    [GeneratedRegex(Key + @"['""\]]*\s*(?:=>|:=|=|:)\s*(['""])(?<v>(?:(?!\1).)+)\1", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Quoted();

    // password: x, password=x in settings files; a comment alone behind it
    [GeneratedRegex(@"^[\s#;-]*(?:export\s+)?(?:[\w.\-]+\s*:\s*\{\s*)?" + Key + @"['""]?\s*[:=]\s*(?<v>[^\s'""#;{}][^\s#;,{}]*(?: [^\s#;,{}]+)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Bare();

    // define('DB_PASSWORD', 'x')
    [GeneratedRegex(@"(['""])" + Key + @"\1\s*,\s*(['""])(?<v>(?:(?!\2).)+)\2", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Pair();

    // ConnectionParams('name', 'user', 'x', …), webdav_users = [('name', 'x')] of the old tool
    [GeneratedRegex(@"(?:ConnectionParams\s*\(\s*(?:'[^']*'|""[^""]*"")\s*,\s*|webdav_users\s*=\s*\[\s*\(\s*)(?:'[^']*'|""[^""]*"")\s*,\s*(['""])(?<v>(?:(?!\1).)+)\1", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Positional();

    // <password>x</password>
    [GeneratedRegex(@"<\w*(?:password|passwd|secret)\w*>(?<v>[^<]+)</", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Element();

    // IDENTIFIED BY 'x'
    [GeneratedRegex(@"IDENTIFIED\s+(?:BY|WITH\s+\w+\s+(?:BY|AS))\s+(?:PASSWORD\s+)?(['""])(?<v>(?:(?!\1).)+)\1", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Sql();

    // https://user:x@host
    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^\s/:@'""]*:(?<v>[^\s/@'""]+)@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Address();

    // Keys of well-known services
    [GeneratedRegex(@"\b(?<v>AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[baprs]-[\w-]{10,}|AIza[\w-]{35})", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<v>-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex PrivateKey();
}
