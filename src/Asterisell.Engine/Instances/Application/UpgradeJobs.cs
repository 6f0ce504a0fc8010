namespace Asterisell.Engine.Instances;

/// <summary>Runs the application's upgrade jobs, in the order of the manual's update, and tells what became of each.</summary>
/// <remarks>
/// A job that fails is recorded as applied, and the command says success with exit code 0: its row in <c>ar_application_upgrade</c> tells, by an
/// output that begins <c>Interrupt from error:</c>. The second command deletes the lock of the customers' web.
/// </remarks>
internal static class UpgradeJobs
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private static readonly string[] MakeObjects = ["install-views-and-procedures"];

    private static readonly string[][] Commands = [["run", "db-upgrade-jobs"], MakeObjects, ["run", "upgrade-jobs"]];

    /// <summary>The versions' part of the status.</summary>
    public static async Task<VersionStatus> ReadAsync(IInstance instance, CancellationToken cancellation) =>
        (await instance.Status.ReadAsync(new StatusOptions(), cancellation).ConfigureAwait(false)).Application ?? new VersionStatus();

    /// <summary>Runs the commands; jobs are locked already.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="pending">Jobs that are to be applied.</param>
    /// <param name="objectsOnly">Makes views, triggers and routines anew, and runs no job.</param>
    /// <param name="afterEach">Called after each command, to set again what it deletes.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends a command.</param>
    public static async Task<UpgradeOutcome> RunAsync(
        IInstance instance, IReadOnlyList<string> pending, bool objectsOnly, Func<string, Task> afterEach, IProgress<string>? progress,
        CancellationToken cancellation)
    {
        foreach (string[] arguments in objectsOnly ? [MakeObjects] : Commands)
        {
            string command = string.Join(' ', arguments);
            progress?.Report($"upgrading the data: {command}");
            ApplicationRun run = await instance.Application.RunAsync(arguments, [], Limit, cancellation).ConfigureAwait(false);
            await afterEach(command).ConfigureAwait(false);
            if (run.Result == ApplicationResult.Failed && run.Outcome.ExitCode != 0)
            {
                return new UpgradeOutcome(command, run.Outcome.ExitCode, InstanceErrors.OneLine(run.Outcome.OutputText + run.Outcome.ErrorText), [], []);
            }
        }

        if (pending.Count == 0)
        {
            return new UpgradeOutcome(null, 0, "", [], []);
        }

        VersionStatus after = await ReadAsync(instance, cancellation).ConfigureAwait(false);
        return new UpgradeOutcome(
            null, 0, "",
            [.. (after.PendingUpgradeJobs ?? pending).Intersect(pending)],
            [.. (after.FailedUpgradeJobs ?? []).Where(job => pending.Contains(job.Job)).Select(job => $"{job.Job}: {job.Message}")]);
    }

    /// <summary>Makes failed jobs pending again, so that they are run once more.</summary>
    public static async Task ForgetFailuresAsync(IInstance instance, IEnumerable<string> jobs, CancellationToken cancellation)
    {
        foreach (string job in jobs)
        {
            await instance.Database.ExecuteAsync(
                "DELETE FROM ar_application_upgrade WHERE upg_key = @job AND upg_output LIKE 'Interrupt from error:%'",
                new Dictionary<string, object?> { ["job"] = job }, cancellation).ConfigureAwait(false);
        }
    }
}

/// <summary>What became of upgrade jobs.</summary>
/// <param name="Command">The command that ended in a failure; null where none did.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Reason">What it said.</param>
/// <param name="NotApplied">Jobs that are still pending.</param>
/// <param name="Failed">Jobs that failed, with what they said.</param>
internal sealed record UpgradeOutcome(string? Command, int ExitCode, string Reason, IReadOnlyList<string> NotApplied, IReadOnlyList<string> Failed);
