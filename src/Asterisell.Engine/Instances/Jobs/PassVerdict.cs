namespace Asterisell.Engine.Instances.Jobs;

/// <summary>Whether a pass that has ended did what it should.</summary>
internal static class PassVerdict
{
    private const int MostNames = 3;

    /// <summary>Why it failed, in one sentence; null when it did not.</summary>
    public static string? FindFailure(JobRun run, PassOutput output)
    {
        if (run.ExitCode is not 0)
        {
            string where = output.Job is null ? "before the first job" : $"at {output.Job}, its job {output.Started}";
            string words = output.FirstReason ?? output.LastWords;
            return $"the pass broke off {where}: PHP ended with {run.ExitCode}{(words.Length == 0 ? "" : $" ({InstanceErrors.OneLine(words)})")}.";
        }

        if (run.Jobs.Count == 0)
        {
            return $"no job was run: {(output.FirstReason ?? InstanceErrors.OneLine(output.LastWords)).TrimEnd('.')}.";
        }

        InstanceJob[] failed = [.. run.FailedJobs];
        if (failed.Length == 0)
        {
            return null;
        }

        string names = string.Join(", ", failed.Take(MostNames).Select(job => job.Message.Length == 0 ? job.Job : $"{job.Job} ({InstanceErrors.OneLine(job.Message)})"));
        string more = failed.Length > MostNames ? $" and {failed.Length - MostNames} more" : "";
        return $"{failed.Length} of {run.Jobs.Count} jobs failed: {names}{more}.";
    }

    /// <summary>How a pass went that did not fail.</summary>
    public static string Describe(JobRun run)
    {
        int grave = run.Problems.Count(problem => problem.Severity >= ProblemSeverity.Error);
        string stale = run.ClearedLock is { } cleared ? $"{cleared}; " : "";
        string text = $"{stale}{run.Jobs.Count} jobs are done; {Problems(run.Problems.Count)} reported{(grave == 0 ? "" : $", {grave} of them grave")}.";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Problems(int count) => count switch
    {
        0 => "no problem was",
        1 => "1 problem was",
        _ => $"{count} problems were",
    };
}
