using System.Globalization;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>
/// Copies the data of a running instance into another one, through this machine's memory only. At the destination everything happens as in a
/// restore; the source is only read.
/// </summary>
public sealed class InstanceCopy(TimeProvider clock)
{
    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(AsterisellInstance source, RestoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        yield return $"Read {source} without changing it";
        yield return "Wait for its jobs, lock them and the customers' web";
        yield return options.SafetyDestination is { } safety ? $"Back up the present data into {safety} and test that backup" : "Make no backup of the present data";
        yield return "Load the copied database beside the present one and compare the rows of every table with the source";
        if (options.Sanitize is not null)
        {
            yield return "Mask names, numbers, addresses and passwords there; take mail server, connections and foreign jobs out of app.yml";
        }

        RestoreContent files = options.Include & (RestoreContent.Configuration | RestoreContent.Uploads);
        yield return files == RestoreContent.None ? "Exchange the databases" : $"Exchange the databases and files: {files}";
        yield return options.Sanitize is null
            ? "Apply upgrade jobs that the data are older than, clear the caches, unlock what was not locked before"
            : "Apply upgrade jobs that the data are older than, clear the caches, unlock the web; the jobs stay locked";
    }

    /// <summary>Copies.</summary>
    /// <param name="source">Instance that is read.</param>
    /// <param name="destination">Instance whose data are replaced.</param>
    /// <param name="options">What and how.</param>
    /// <param name="log">Keeps what became of each step, also where this throws.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; the data from before are put back.</param>
    /// <exception cref="AsterisellException"><c>CopyOntoItself</c>, <c>CopySourceNewer</c>, and what a restore throws.</exception>
    public async Task<CopyResult> CopyAsync(
        IInstance source, IInstance destination, RestoreOptions options, StepLog log, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        InstanceRestore restore = new(clock);
        ContainerDetail from = await restore.RequireRunningAsync(source, cancellation).ConfigureAwait(false);
        ContainerDetail into = await restore.RequireRunningAsync(destination, cancellation).ConfigureAwait(false);
        if (from.Id == into.Id)
        {
            throw TransferErrors.CopyOntoItself(destination.Definition.ToString());
        }

        LiveSource live = await LiveSource.OpenAsync(source, from, options.DrainLimit, cancellation).ConfigureAwait(false);
        await using (live.ConfigureAwait(false))
        {
            await log.RunAsync("Check", "looking at both instances", progress, () => CheckAsync(live, destination, options, cancellation)).ConfigureAwait(false);
            RestoreOutcome outcome = await restore
                .BringAsync(destination, live, live.Label, options, log, progress, cancellation).ConfigureAwait(false);
            return Tell("Copy", destination.Definition, live.Label, live.Moment, outcome, log, begin, clock.GetElapsedTime(started));
        }
    }

    /// <summary>What is told of data that came in.</summary>
    internal static CopyResult Tell(
        string operation, AsterisellInstance instance, string source, DateTimeOffset? moment, RestoreOutcome outcome, StepLog log,
        DateTimeOffset begin, TimeSpan duration)
    {
        long rows = outcome.Rows.Values.Sum();
        string what = outcome.Rows.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{outcome.Rows.Count} tables with {rows} rows agree with {source}")
            : $"files came from {source}";
        string masked = outcome.Sanitized is { } summary ? $"; {summary}; its jobs stay locked" : string.Empty;
        string jobs = outcome.AppliedUpgradeJobs.Count == 0 ? string.Empty : $" Upgrade jobs applied: {string.Join(", ", outcome.AppliedUpgradeJobs)}.";
        return new CopyResult(instance.Name, instance.HostName, operation, OperationStatus.Succeeded, begin, duration, $"{what}{masked}.{jobs}")
        {
            Source = source,
            SourceMoment = moment,
            Replaced = outcome.Replaced,
            TableCount = outcome.Rows.Count,
            RowCount = rows,
            CallCount = outcome.CallCount,
            Sanitized = outcome.Sanitized,
            SafetyBackup = outcome.Safety?.Path,
            AppliedUpgradeJobs = outcome.AppliedUpgradeJobs,
            Notes = outcome.Notes,
            Steps = log.Steps,
        };
    }

    private static async Task CheckAsync(LiveSource source, IInstance destination, RestoreOptions options, CancellationToken cancellation)
    {
        string? version = await LiveSource.ReadVersionAsync(destination, cancellation).ConfigureAwait(false);
        if (ApplicationVersion.IsNewer(source.Version, version))
        {
            throw TransferErrors.CopySourceNewer(destination.Definition.ToString(), source.Label, source.Version!, version!);
        }

        if (options.Sanitize is { } sanitize)
        {
            await source.PlanMaskAsync(sanitize, cancellation).ConfigureAwait(false);
        }
    }
}
