using System.Text.RegularExpressions;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>A page of docs/en-US in the form that PlatyPS reads and writes.</summary>
internal sealed partial class HelpPage
{
    private HelpPage(string text) => Text = text;

    public string Text { get; }

    public string Synopsis => Section("SYNOPSIS");

    public string Description => Section("DESCRIPTION");

    public string Outputs => Section("OUTPUTS");

    /// <summary>Examples that show a command and say something about it.</summary>
    public int Examples =>
        Parts("EXAMPLES").Count(example => example.Text.Contains("```powershell", StringComparison.Ordinal) && Prose(example.Text).Length > 20);

    /// <summary>Parameters and what is said of each.</summary>
    public IReadOnlyDictionary<string, string> Parameters =>
        Parts("PARAMETERS").Where(part => part.Title.StartsWith('-')).ToDictionary(part => part.Title[1..], part => Prose(part.Text));

    public static HelpPage Read(string path) => new(File.ReadAllText(path));

    public static HelpPage Parse(string text) => new(text);

    /// <summary>What is missing on the page of a cmdlet.</summary>
    public IEnumerable<string> Missing(string cmdlet, IEnumerable<string> parameters)
    {
        if (Synopsis.Length < 15)
        {
            yield return $"{cmdlet}: no synopsis.";
        }

        if (Description.Length < 60)
        {
            yield return $"{cmdlet}: no description.";
        }

        if (Examples < 2)
        {
            yield return $"{cmdlet}: {Examples} examples with a command and a word about it; 2 are the least.";
        }

        if (Outputs.Length < 15)
        {
            yield return $"{cmdlet}: its outputs are not described.";
        }

        if (Text.Contains("{{", StringComparison.Ordinal))
        {
            yield return $"{cmdlet}: a placeholder {{{{ }}}} is left.";
        }

        string[] expected = [.. parameters.Order(StringComparer.Ordinal)];
        string[] written = [.. Parameters.Keys.Order(StringComparer.Ordinal)];
        if (!expected.SequenceEqual(written))
        {
            yield return $"{cmdlet}: parameters are {string.Join(", ", expected)}; the page has {string.Join(", ", written)}.";
        }

        foreach ((string name, string text) in Parameters)
        {
            if (text.Length < 10)
            {
                yield return $"{cmdlet}: -{name} is not described.";
            }
        }
    }

    private string Section(string title) => Body(Text, "## ", title);

    private IEnumerable<(string Title, string Text)> Parts(string section)
    {
        string body = "\n" + Section(section);
        return body.Split("\n### ").Skip(1).Select(part =>
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            return end < 0 ? (part.Trim(), "") : (part[..end].Trim(), part[end..]);
        });
    }

    private static string Body(string text, string mark, string title)
    {
        Match match = Regex.Match(text, $"^{mark}{title}\\s*$(.*?)(?=^{mark}|\\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        return match.Groups[1].Value.Trim();
    }

    private static string Prose(string text) => CodeBlock().Replace(text, "").Trim();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
