using System.Globalization;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Jobs;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>Makes the application back itself up now: its four jobs are made due, and run with a usual job pass.</summary>
/// <remarks>
/// Their "not before" stamps alone are removed: <c>cron force-execution-of-all-jobs</c> would make every other job due too. Between 00:00 and
/// 00:30 of PHP's clock the jobs take their stamp and then do nothing, which loses the day; so they are not begun then.
/// </remarks>
internal static class OwnFilesRun
{
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeOnly EarliestTime = new(0, 30);

    /// <summary>Runs them and judges what they left.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="limit">Longest wait for a pass that runs already.</param>
    /// <param name="progress">The job that the pass has come to.</param>
    /// <param name="cancellation">Ends the waiting; a pass that was begun goes on.</param>
    /// <exception cref="AsterisellException">
    /// <c>OwnBackupTooEarly</c>, <c>JobsStillRunning</c>: nothing was begun; <c>OwnBackupNotMade</c>: at least one of them left no good files.
    /// </exception>
    public static async Task RunAsync(IInstance instance, TimeSpan limit, IOperationProgress? progress, CancellationToken cancellation)
    {
        ApplicationLocks before = await instance.Application.DrainJobsAsync(limit, progress, cancellation).ConfigureAwait(false);
        var cron = new CronKeeper(instance, before);
        try
        {
            OwnFilesFacts old = await OwnFilesProbe.ReadAsync(instance, countRows: false, cancellation).ConfigureAwait(false);
            RefuseWhenEarly(instance.Definition.ToString(), old);
            string? said = await PassAsync(instance, progress, cancellation).ConfigureAwait(false);
            OwnFilesFacts made = await OwnFilesProbe.ReadAsync(instance, countRows: false, cancellation).ConfigureAwait(false);
            string[] failures = [.. OwnJob.All.Select(job => WhyNotMade(job, old, made)).OfType<string>()];
            if (failures.Length > 0)
            {
                throw BackupErrors.OwnBackupNotMade(instance.Definition.ToString(), failures, said);
            }
        }
        finally
        {
            // Also when cancelled: a cron that stays locked would stop the billing.
            using CancellationTokenSource soon = new(RestoreLimit);
            await cron.RestoreAsync(soon.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses where the jobs would take their stamp and do nothing. Where PHP's clock is not known, the files will tell.</summary>
    internal static void RefuseWhenEarly(string target, OwnFilesFacts facts)
    {
        if (facts.PhpClock is { } clock && TimeOnly.FromDateTime(clock.ToLocal(facts.Now)) is var local && local < EarliestTime)
        {
            throw BackupErrors.OwnBackupTooEarly(target, local.ToString("HH:mm", CultureInfo.InvariantCulture), clock.ZoneId);
        }
    }

    /// <returns>What the pass complained of; null where it did not. Another job's failure is nothing to the backups.</returns>
    private static async Task<string?> PassAsync(IInstance instance, IOperationProgress? progress, CancellationToken cancellation)
    {
        try
        {
            var options = new JobPassOptions { ForcedJobs = [.. OwnJob.All.Select(job => job.Name)] };
            await new JobPass(instance).RunAsync(options, progress, null, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (JobRunException failure) when (failure.ErrorId == nameof(JobErrors.JobsFailed))
        {
            return failure.Run.Message;
        }
    }

    /// <summary>A dump must be new and whole; a list of days must be worked off, and every day that it named have a file.</summary>
    private static string? WhyNotMade(OwnJob job, OwnFilesFacts old, OwnFilesFacts made)
    {
        if (job.Table is null)
        {
            return !made.Dumps.TryGetValue(job.DumpName, out OwnDump? dump) ? $"{job.Name} left no {job.DumpName}"
                : dump.At < old.Now ? $"{job.Name} did not write {job.DumpName}"
                : OwnFilesJudge.WhyUseless(dump) is { } why ? $"{job.DumpName} {why}"
                : null;
        }

        if (!made.Waiting.TryGetValue(job.Name, out IReadOnlySet<DateOnly>? waiting))
        {
            return $"{job.Name} did not run";
        }

        HashSet<DateOnly?> written = [.. made.Files.GetValueOrDefault(job.Type, []).Select(file => file.Day)];
        int lost = old.Waiting.GetValueOrDefault(job.Name, new HashSet<DateOnly>()).Count(day => !written.Contains(day));
        return waiting.Count > 0 ? $"{job.Name} left {waiting.Count.ToString(CultureInfo.InvariantCulture)} days waiting, since {waiting.Min():yyyy-MM-dd}"
            : lost > 0 ? $"{job.Name} left {lost.ToString(CultureInfo.InvariantCulture)} days without a file"
            : null;
    }
}
