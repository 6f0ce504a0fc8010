using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// Writes YAML that every reader takes alike: symfony 1's own, libyaml (PHP's), YamlDotNet. Where they differ, the value is refused.
/// </summary>
/// <remarks>
/// symfony 1 is peculiar in four ways. It runs its YAML files through PHP's <c>include</c>, so <c>&lt;?</c> in a password is code. It
/// replaces <c>%SF_…%</c>, <c>%APP_…%</c> and their like with settings of its own. It knows in double quotes the escapes <c>\n</c>,
/// <c>\r</c> and <c>\"</c> alone: a backslash before anything else stays where it is. And it reads plain words its own way, so what is
/// not plainly a word stands in single quotes.
/// </remarks>
internal sealed partial class SymfonyYaml
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r");
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "null", "yes", "no", "on", "off", "y", "n",
    };

    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>A key with keys below it; dispose to end them.</summary>
    public IDisposable Section(string key)
    {
        Line($"{key}:");
        depth++;
        return new Level(this);
    }

    /// <summary>A comment line.</summary>
    public void Comment(string words) => Line($"# {words}");

    /// <summary>An empty line.</summary>
    public void Space() => text.Append('\n');

    /// <summary>A text.</summary>
    public void Add(string key, string? value) => Line($"{key}: {Scalar(key, value ?? "")}");

    /// <summary>A text whose key alone would not tell an operator which setting it comes from.</summary>
    public void AddNamed(string key, string setting, string value) => Line($"{key}: {Scalar(setting, value)}");

    /// <summary>An integer.</summary>
    public void Add(string key, int value) => Line(string.Create(CultureInfo.InvariantCulture, $"{key}: {value}"));

    /// <summary>True or false.</summary>
    public void Add(string key, bool value) => Line($"{key}: {(value ? "true" : "false")}");

    /// <summary>A list of texts.</summary>
    public void Add(string key, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            Line($"{key}: []");
            return;
        }

        Line($"{key}:");
        foreach (string value in values)
        {
            Line($"  - {Scalar(key, value)}");
        }
    }

    /// <summary>An item of a list that has keys; dispose to end it.</summary>
    public IDisposable Item()
    {
        Line("-");
        depth++;
        return new Level(this);
    }

    /// <summary>The file.</summary>
    public override string ToString() => text.ToString();

    /// <summary>A text as it stands in the file.</summary>
    /// <param name="what">Key or setting it belongs to, for the error.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="TemplateValueException">The readers would not all read this text.</exception>
    public static string Scalar(string what, string value)
    {
        if (Refusal(value) is { } why)
        {
            throw new TemplateValueException(what, why);
        }

        if (Plain().IsMatch(value) && !Words.Contains(value))
        {
            return value;
        }

        return value.AsSpan().IndexOfAny(LineEnds) < 0
            ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"
            : '"' + value.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal) + '"';
    }

    private static string? Refusal(string value)
    {
        if (value.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && !IsWellFormed(value))
        {
            return "it is no valid Unicode text";
        }

        if (value.Any(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'))
        {
            return "it holds a control character other than a tab or the end of a line";
        }

        if (value.Contains('\\', StringComparison.Ordinal) && value.AsSpan().IndexOfAny(LineEnds) >= 0)
        {
            return "it holds both a backslash and the end of a line, which symfony 1 and YAML write differently";
        }

        if (PhpTag().IsMatch(value))
        {
            return "it holds the beginning of PHP code, which symfony 1 would run";
        }

        return Constant().IsMatch(value) ? "it holds a constant of symfony (%SF_…%, %APP_…%, %MOD_…%), which would be replaced" : null;
    }

    private static bool IsWellFormed(string value)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(value);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private void Line(string line) => text.Append(' ', depth * 2).Append(line).Append('\n');

    /// <summary>Begins with a letter, so it is neither a number nor a date.</summary>
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    /// <summary>Also the two forms that PHP 5 takes besides.</summary>
    [GeneratedRegex(@"<\?|<%|<\s*script[^>]*\blanguage\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PhpTag();

    [GeneratedRegex("%(sf|app|mod)_[^%]*%", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Constant();

    private sealed class Level(SymfonyYaml yaml) : IDisposable
    {
        public void Dispose() => yaml.depth--;
    }
}
