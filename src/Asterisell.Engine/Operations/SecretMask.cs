using System.Text.RegularExpressions;

namespace Asterisell.Engine.Operations;

/// <summary>Takes secrets out of what is shown.</summary>
internal static partial class SecretMask
{
    private const string Stars = "********";

    /// <summary>True where a column or key holds a secret by its name.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name);

    /// <summary>A value as it may be shown.</summary>
    public static string Show(string column, string? value) => value is null ? "NULL" : IsSecret(column) ? Stars : Hash().Replace(value, Stars);

    /// <summary>Lines <c>key: value</c> without the values of secrets, and without password hashes wherever they stand.</summary>
    public static string Text(string text) => Hash().Replace(SecretLine().Replace(text, $"${{key}}{Stars}"), Stars);

    /// <summary>
    /// A configuration or a program: also without quoted values that are given to names of secrets, without private keys, and without the values
    /// of <c>connections</c>, whose passwords the old tool wrote into a list without names.
    /// </summary>
    public static string Configuration(string text) =>
        PrivateKey().Replace(Connections().Replace(Given().Replace(Text(text), $"${{name}}{Stars}"), MaskConnections), $"-----BEGIN PRIVATE KEY-----\n{Stars}");

    private static string MaskConnections(Match section) => section.Groups["head"].Value + ConnectionItem().Replace(section.Groups["body"].Value, $"${{dash}}{Stars}");

    [GeneratedRegex("passw|secret|hash", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^(?<key>[-+ \t]*[""']?\w*(passw|secret|hash)\w*[""']?[ \t]*:[ \t]+)\S.*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex SecretLine();

    /// <summary>bcrypt, as PHP's password_hash writes it.</summary>
    [GeneratedRegex(@"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}")]
    private static partial Regex Hash();

    [GeneratedRegex(@"(?<name>\w*(passw|secret)\w*[""']?\]?\s*(=>|:|,|==?)\s*)(""[^""\n]*""|'[^'\n]*')", RegexOptions.IgnoreCase)]
    private static partial Regex Given();

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?=-----END|\z)")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"^(?<head>(?<indent>[ ]*)connections:[^\n]*\n)(?<body>(\k<indent>([ ]+|-)[^\n]*(\n|\z))*)", RegexOptions.Multiline)]
    private static partial Regex Connections();

    /// <summary>An item that is no <c>name: value</c>.</summary>
    [GeneratedRegex(@"^(?<dash>[ ]*-?[ ]*)(?!\w+:)[^ \n-][^\n]*", RegexOptions.Multiline)]
    private static partial Regex ConnectionItem();
}
