namespace Asterisell.Engine.Instances;

/// <summary>A dump among the application's own backups, as <see cref="ProbeScripts.OwnDumps"/> says it.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="IsComplete">True when it ends with the mark of a dump that was written to its end.</param>
internal sealed record OwnDump(long SizeBytes, DateTimeOffset At, bool IsComplete)
{
    /// <summary>Last line of a dump that was written to its end; older clients add the time.</summary>
    public const string CompletionMark = "-- Dump completed";

    /// <summary>Dumps by the names of their files.</summary>
    /// <param name="listing">Lines <c>NAME SIZE SECONDS</c> of find.</param>
    /// <param name="ends">Ends of files, each below a line <c>==&gt; PATH &lt;==</c> of tail.</param>
    /// <exception cref="FormatException">A size or time is no number.</exception>
    public static IReadOnlyDictionary<string, OwnDump> Parse(string listing, string ends)
    {
        Dictionary<string, string> found = Ends(ends);
        var dumps = new Dictionary<string, OwnDump>(StringComparer.Ordinal);
        foreach (string line in listing.Split('\n'))
        {
            if (line.Split(' ') is [var name, var size, var seconds])
            {
                bool complete = found.GetValueOrDefault(name, "").Contains(CompletionMark, StringComparison.Ordinal);
                dumps[name] = new OwnDump(StatusFacts.ParseWhole(size), StatusFacts.ParseTime(seconds), complete);
            }
        }

        return dumps;
    }

    private static Dictionary<string, string> Ends(string text)
    {
        var ends = new Dictionary<string, string>(StringComparer.Ordinal);
        string file = "";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("==> ", StringComparison.Ordinal) && line.EndsWith(" <==", StringComparison.Ordinal))
            {
                file = line[(line.LastIndexOf('/') + 1)..^4];
                ends[file] = "";
            }
            else if (file.Length > 0)
            {
                ends[file] += line + "\n";
            }
        }

        return ends;
    }
}
