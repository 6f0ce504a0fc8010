namespace Asterisell.Engine.Instances;

/// <summary>Judges a run of <c>asterisell.php</c> by what it says, because its zero exits lie; an exit that is not zero is believed.</summary>
/// <remarks>From 83 runs of the original, in <c>tests/lab/oracle.tsv</c>; each of them is a test.</remarks>
internal static class ApplicationVerdict
{
    /// <summary>Said beside a zero exit by a run that did not do its work, or not all of it.</summary>
    private static readonly string[] Denials =
    [
        "Usage:", "Unexpected error:", "WARNING: Jobs were not processed", "BAD: there are still running Jobs", "Data not restored.",
        "Error during restore of data.", "This command can be executed only if the application is locked",
    ];

    /// <summary>What a command says when it has done its work. Commands that say nothing, or say it beforehand, are not here.</summary>
    private static readonly Dictionary<string, string> Claims = new(StringComparer.Ordinal)
    {
        ["run jobs"] = "Jobs were executed.",
        ["debug jobs"] = "Jobs were executed.",
        ["debug rerate"] = "Generated a rerating event",
        ["run upgrade-jobs"] = "Upgrade jobs were applied with success.",
        ["run db-upgrade-jobs"] = "Upgrade jobs were applied with success.",
        ["cron force-execution-of-all-jobs"] = "All scheduled jobs will be executed",
    };

    /// <summary>Said before the work begins: without it nothing was done, with it nothing is proven.</summary>
    private static readonly Dictionary<string, string> Announcements = new(StringComparer.Ordinal)
    {
        ["data backup"] = "Make backup",
        ["data config-backup"] = "Make backup",
        ["data restore"] = "Data restored.",
        ["data admin"] = "user with password",
    };

    /// <summary>Judges a run.</summary>
    /// <param name="arguments">What followed <c>asterisell.php</c>.</param>
    /// <param name="outcome">How it ended.</param>
    public static ApplicationResult Judge(IReadOnlyList<string> arguments, CommandOutcome outcome)
    {
        string said = outcome.OutputText + outcome.ErrorText;
        if (outcome.ExitCode != 0 || Denials.Any(denial => said.Contains(denial, StringComparison.Ordinal)))
        {
            return ApplicationResult.Failed;
        }

        string command = string.Join(' ', arguments.Take(2));
        if (Claims.TryGetValue(command, out string? claim))
        {
            return said.Contains(claim, StringComparison.Ordinal) ? ApplicationResult.Succeeded : ApplicationResult.Failed;
        }

        return Announcements.TryGetValue(command, out string? announcement) && !said.Contains(announcement, StringComparison.Ordinal)
            ? ApplicationResult.Failed
            : ApplicationResult.Unknown;
    }
}
