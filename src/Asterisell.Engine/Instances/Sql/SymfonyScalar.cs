using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances;

/// <summary>
/// A plain (unquoted) YAML value as symfony 1's reader takes it, turned into the text that PHP hands to MariaDB. The old tool pasted
/// passwords into <c>databases.yml</c> without quotes, so a password of <c>0123</c> is 83 to the application.
/// </summary>
internal static partial class SymfonyScalar
{
    /// <summary>Text of a plain value.</summary>
    public static string Evaluate(string plain)
    {
        switch (plain.ToLowerInvariant())
        {
            // PHP's null and false are both the empty string.
            case "" or "null" or "~" or "false":
                return "";
            case "true":
                return "1";
        }

        if (Digits().IsMatch(plain))
        {
            return plain.Length > 1 && plain[0] == '0' ? FromBase(plain, 8) : plain;
        }

        if (plain.StartsWith("0x", StringComparison.Ordinal))
        {
            return FromBase(plain[2..], 16);
        }

        if (Number().IsMatch(plain))
        {
            return double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("G14", CultureInfo.InvariantCulture);
        }

        return Grouped().IsMatch(plain)
            ? double.Parse(plain.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)
                .ToString("G14", CultureInfo.InvariantCulture)
            : plain;
    }

    /// <summary>PHP's <c>octdec</c> and <c>hexdec</c>, which pass over characters that are no digit of their base.</summary>
    private static string FromBase(string text, int radix)
    {
        decimal value = 0;
        foreach (char c in text.Take(20))
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            value = digit < radix ? (value * radix) + digit : value;
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-+]?[0-9][0-9,]{0,20}(\.[0-9]{1,20})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}
