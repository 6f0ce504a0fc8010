using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances;

/// <summary>A process of the container as <c>/proc</c> showed it.</summary>
/// <param name="Id">Process id in the container.</param>
/// <param name="ParentId">Its parent; 0 for those that came by exec.</param>
/// <param name="Name">Name of its program, at most 15 characters.</param>
/// <param name="IsAlive">False for a zombie.</param>
/// <param name="StartTicks">Hundredths of a second after the machine's start.</param>
/// <param name="Command">Arguments, each followed by a blank; a program may have written a title there. Empty for a zombie.</param>
/// <param name="Service">Name of the supervisor's program that it belongs to; null where its environment no longer tells.</param>
internal sealed partial record ProcessEntry(int Id, int ParentId, string Name, bool IsAlive, long StartTicks, string Command, string? Service)
{
    /// <summary>True when it is a command of the application.</summary>
    public bool IsApplication => IsApplicationCommand(Command);

    /// <summary>True when a command line is one of the application: PHP itself, not cron's shell around it, nor somebody's editor.</summary>
    public static bool IsApplicationCommand(string command) => ApplicationCommand().IsMatch(command);

    /// <summary>The processes that an answer tells of.</summary>
    public static IReadOnlyList<ProcessEntry> Parse(ProbeAnswer answer)
    {
        var found = new List<ProcessEntry>();
        foreach ((string key, string value) in answer.Pairs)
        {
            switch (key)
            {
                case "process" when TryParse(value) is { } entry:
                    found.Add(entry);
                    break;
                case "command" when found.Count > 0:
                    found[^1] = found[^1] with { Command = value };
                    break;
                case "supervised" when found.Count > 0:
                    found[^1] = found[^1] with { Service = value };
                    break;
            }
        }

        return found;
    }

    /// <summary><c>PID (NAME) STATE PPID …</c>; a name may hold blanks and parentheses.</summary>
    private static ProcessEntry? TryParse(string stat)
    {
        int open = stat.IndexOf('(', StringComparison.Ordinal);
        int close = stat.LastIndexOf(')');
        if (open < 1 || close < open)
        {
            return null;
        }

        string[] rest = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return rest.Length > 19
            && int.TryParse(stat[..open], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int id)
            && int.TryParse(rest[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parent)
            && long.TryParse(rest[19], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? new ProcessEntry(id, parent, stat[(open + 1)..close], rest[0] is not ("Z" or "X"), ticks, "", null)
            : null;
    }

    [GeneratedRegex(@"^(\S*/)?php[0-9.]*\s+(-\S+\s+([^\s-]\S*=\S*\s+)?)*(\S*/)?asterisell\.php(\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ApplicationCommand();
}
