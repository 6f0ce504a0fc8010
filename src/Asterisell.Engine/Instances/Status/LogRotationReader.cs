using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances;

/// <summary>The logs' part of a status: which large files no rule of logrotate names, or nobody starts logrotate for.</summary>
/// <remarks>
/// The old tool's monthly rotation is symfony's, of <c>asterisell_prod.log</c> alone, which nothing is written to; <c>asterisell_dev.log</c>
/// grows. supervisord rotates its own log, and those of its programs that it was told no file for, at 50 MB.
/// </remarks>
internal static partial class LogRotationReader
{
    /// <summary>Blocks of these end with <c>endscript</c>, whatever stands in them.</summary>
    private static readonly string[] Scripts = ["postrotate", "prerotate", "firstaction", "lastaction", "preremove"];

    public static LogStatus? Read(StatusFacts facts)
    {
        if (facts.Said(nameof(InstanceStatus.Logs), "logs") is not { } text)
        {
            return null;
        }

        bool runs = facts.Answer.Find("rotation-tool") is not null && facts.Answer.Find("rotation-started") is not null;
        Regex[] rules = runs ? [.. facts.Answer.All("rotation").SelectMany(Patterns).Select(ToRegex)] : [];
        bool symfony = facts.Answer.Find("rotation-symfony") is not null;
        return new LogStatus
        {
            RotationRuns = runs,
            Unrotated =
            [
                .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(File)
                    .Where(file => !IsOld(file.Path) && !RotatesItself(file.Path, symfony) && !rules.Any(rule => rule.IsMatch(file.Path)))
                    .OrderByDescending(file => file.SizeBytes),
            ],
        };
    }

    /// <summary>The file names of a configuration of logrotate, wildcards as they are.</summary>
    internal static IEnumerable<string> Patterns(string configuration)
    {
        bool inBlock = false;
        bool inScript = false;
        foreach (string line in configuration.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#')))
        {
            if (inScript)
            {
                inScript = line != "endscript";
                continue;
            }

            inScript = inBlock && Scripts.Contains(line);
            foreach (Match word in Word().Matches(line))
            {
                switch (word.Value)
                {
                    case "{":
                        inBlock = true;
                        break;
                    case "}":
                        inBlock = false;
                        break;
                    case var name when !inBlock && name.Trim('"', '\'').StartsWith('/'):
                        yield return name.Trim('"', '\'');
                        break;
                }
            }
        }
    }

    /// <summary>As glob does it: a star does not go beyond a slash.</summary>
    internal static Regex ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            int end = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            regex.Append(pattern[i] switch
            {
                '*' => "[^/]*",
                '?' => "[^/]",
                '[' when end > i + 1 => "[" + pattern[(i + 1)..end].Replace("\\", "", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace('!', '^') + "]",
                var plain => Regex.Escape(plain.ToString()),
            });
            i = end > i + 1 ? end : i;
        }

        return new Regex(regex.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static LogFileStatus File(string line)
    {
        string[] words = line.Split(' ', 3);
        return new LogFileStatus(
            words[2], StatusFacts.ParseWhole(words[0]), DateTimeOffset.FromUnixTimeSeconds((long)decimal.Parse(words[1], CultureInfo.InvariantCulture)));
    }

    /// <summary>What was rotated away before, and lists of logins.</summary>
    private static bool IsOld(string path) => Old().IsMatch(path);

    private static bool RotatesItself(string path, bool symfony) =>
        path.EndsWith("/supervisord.log", StringComparison.Ordinal) || path.Contains("---supervisor-", StringComparison.Ordinal)
        || (symfony && path.EndsWith("/asterisell_prod.log", StringComparison.Ordinal));

    [GeneratedRegex("[{}]|\"[^\"]*\"|'[^']*'|[^\\s{}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(\.(gz|xz|bz2|zst)|[.-]\d+|/history/[^/]+|/(wtmp|btmp|lastlog|faillog|tallylog)|/journal/.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Old();
}
