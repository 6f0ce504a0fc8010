using System.Text.RegularExpressions;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Images;

/// <summary>What the engine said while it built: the step it is at, and its last lines.</summary>
internal sealed partial class BuildTranscript
{
    private const int KeptLines = 15;

    private readonly Queue<string> lines = new();
    private string begun = "";

    /// <summary>The step, as <c>step 3/9 (RUN make)</c>; empty before the first.</summary>
    public string Step { get; private set; } = "";

    /// <summary>Part of the steps that is done, per cent.</summary>
    public int Percent { get; private set; }

    /// <summary>Last lines of the present step.</summary>
    public IReadOnlyList<string> LastLines => begun.Length == 0 ? [.. lines] : [.. lines, begun];

    /// <summary>Takes what the engine said, which may end anywhere in a line.</summary>
    public void Add(string text)
    {
        string[] parts = (begun + text).Split('\n');
        foreach (string line in parts.SkipLast(1))
        {
            Take(Clean(line));
        }

        begun = Clean(parts[^1]);
    }

    private void Take(string line)
    {
        if (StepLine().Match(line) is { Success: true } step)
        {
            int number = int.Parse(step.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);
            int total = int.Parse(step.Groups["total"].Value, System.Globalization.CultureInfo.InvariantCulture);
            Percent = total == 0 ? 0 : Math.Clamp(100 * (number - 1) / total, 0, 100);
            Step = $"step {number}/{total} ({step.Groups["command"].Value})";
            lines.Clear();
        }
        else if (line.Length > 0)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>Without colours and what else a terminal would be told.</summary>
    private static string Clean(string line) => EngineText.OneLine(Colours().Replace(line, "").TrimEnd('\r', ' '));

    [GeneratedRegex(@"^Step (?<number>\d{1,6})/(?<total>\d{1,6}) : (?<command>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex StepLine();

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();
}
