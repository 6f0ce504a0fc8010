namespace Asterisell.Engine.Instances.Jobs;

/// <summary>Reads what a pass writes to the screen.</summary>
/// <remarks>Fragments: seen on the original.</remarks>
internal sealed class PassOutput
{
    private const string StartOfJob = "Start job: ";
    private const string Fatal = "Fatal error: ";
    private const string Reason = "description: ";

    private readonly DelimitedBytes _lines = new((byte)'\n');

    /// <summary>Jobs begun so far.</summary>
    public int Started { get; private set; }

    /// <summary>The job that was begun last; null before the first.</summary>
    public string? Job { get; private set; }

    /// <summary>True when the application said that somebody else holds the job lock; it exits with 0 then.</summary>
    public bool WasBusy { get; private set; }

    /// <summary>Why it failed, as it says itself; null where it said nothing.</summary>
    public string? FirstReason { get; private set; }

    /// <summary>Last line that says something.</summary>
    public string LastWords { get; private set; } = "";

    /// <summary>Takes what came.</summary>
    /// <returns>True when another job was begun.</returns>
    public bool Add(ReadOnlyMemory<byte> bytes)
    {
        int before = Started;
        _lines.Add(bytes.Span);
        while (_lines.TryTake(out ReadOnlyMemory<byte>? line))
        {
            Read(ByteText.Decode(line.Value.Span).Trim());
        }

        return Started > before;
    }

    private void Read(string line)
    {
        LastWords = line.Length > 0 ? line : LastWords;
        if (line.StartsWith(StartOfJob, StringComparison.Ordinal))
        {
            Job = line[StartOfJob.Length..];
            Started++;
        }
        else if (line.StartsWith("WARNING: Jobs were not processed", StringComparison.Ordinal)
            || line.StartsWith("BAD: there are still running Jobs", StringComparison.Ordinal))
        {
            WasBusy = true;
        }
        else if (line.StartsWith(Reason, StringComparison.Ordinal))
        {
            FirstReason ??= line[Reason.Length..];
        }
        else if (line.Contains(Fatal, StringComparison.Ordinal))
        {
            // What ended PHP says more than an error that it survived.
            FirstReason = line;
        }
    }
}
