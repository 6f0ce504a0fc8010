using System.Globalization;
using Asterisell.Engine.Instances.Power;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>
/// Updates packages of an instance: fetched beforehand, installed while jobs are drained and customers see the maintenance page, then what
/// runs with replaced files is restarted and the instance is tested. If it is less healthy than before, the files are put back.
/// </summary>
/// <remarks>
/// When we vanish, or are cancelled, after the first package was touched, the program inside undoes what was begun and opens the locks that
/// were set for it; a container that was killed meanwhile is put in order by the next update.
/// </remarks>
public sealed class PackageUpdate(IInstance instance, TimeProvider? clock = null)
{
    private static readonly TimeSpan OpenedLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly InstanceHealth _health = new(instance);

    /// <summary>What would be done. The instance stays as it is.</summary>
    /// <exception cref="AsterisellException">
    /// <c>RepositoryUnreachable</c>, <c>NoPackageRepository</c>, <c>PackageNotPending</c>, <c>PackageRemovalNeeded</c>, <c>PackageManagerFailed</c>.
    /// </exception>
    public async Task<PackagePlan> PlanAsync(PackageQuery query, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await new PackageCatalog(instance).PlanAsync(query, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Does what was planned.</summary>
    /// <exception cref="AsterisellException">As <see cref="PlanAsync"/>; <c>JobsStillRunning</c>, <c>PackageSpaceMissing</c>: nothing was changed.</exception>
    public async Task<PackageUpdateOutcome> UpdateAsync(
        PackagePlan plan, PackageUpdateOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        var work = new Work(instance.Definition, plan, _clock);
        if (plan.IsCutOff)
        {
            return await RecoverAsync(work, options, progress, cancellation).ConfigureAwait(false);
        }

        if (plan.Changes.Count == 0)
        {
            return work.End(OperationStatus.Unchanged, "No newer package is pending.");
        }

        IReadOnlyList<string> missing = await _health.FindMissingAsync(cancellation).ConfigureAwait(false);
        PackageAgent agent = await PackageAgent.ChangeAsync(instance, cancellation).ConfigureAwait(false);
        await using (agent.ConfigureAwait(false))
        {
            await FetchAsync(agent, plan, progress, cancellation).ConfigureAwait(false);
            work.Before = await agent.ReadInstalledAsync(cancellation).ConfigureAwait(false);
            ApplicationLocks locks = await instance.Application.DrainJobsAsync(options.DrainLimit, progress, cancellation).ConfigureAwait(false);
            var run = new Run(agent, new CronKeeper(instance, locks), new WebGate(instance), missing, options, progress);
            await using (run.ConfigureAwait(false))
            {
                return await ChangeAsync(run, plan, work, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Undoes what an update left in the middle when its container was killed, and opens the locks that it had set.</summary>
    private async Task<PackageUpdateOutcome> RecoverAsync(Work work, PackageUpdateOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("undoing an update that was cut off");
        PackageAgent agent = await PackageAgent.ChangeAsync(instance, cancellation).ConfigureAwait(false);
        await using (agent.ConfigureAwait(false))
        {
            await agent.DoAsync("undoing an update that was cut off", "begin", [], cancellation).ConfigureAwait(false);
            await agent.DoAsync("ending the update", "end", [], cancellation).ConfigureAwait(false);
            var stale = new StaleServices(instance);
            (IReadOnlyList<ServiceStatus> services, _) = await stale.FindAsync(cancellation).ConfigureAwait(false);
            work.Restarted.AddRange(services.Select(service => service.Service));
            await stale.RestartAsync(services, progress, cancellation).ConfigureAwait(false);
        }

        IReadOnlyList<string> missing = await _health.WaitAsync([], options.HealthLimit, progress, cancellation).ConfigureAwait(false);
        return missing.Count == 0
            ? work.End(OperationStatus.Succeeded, "An update that was cut off was undone; packages and /etc are as before it. To update, run it again.", isUndone: true)
            : work.Fail(PackageErrors.PackageUndoFailed(instance.Definition, "an update was cut off", string.Join("; ", missing)), isUndone: true);
    }

    private static async Task FetchAsync(PackageAgent agent, PackagePlan plan, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("fetching packages");
        await agent.DoAsync("preparing the update", "begin", [], cancellation).ConfigureAwait(false);
        await agent.DoAsync("asking the package repositories", "refresh", [], cancellation).ConfigureAwait(false);
        await agent.DoAsync("fetching packages", "fetch", Addresses(agent, plan), cancellation).ConfigureAwait(false);
    }

    private async Task<PackageUpdateOutcome> ChangeAsync(Run run, PackagePlan plan, Work work, CancellationToken cancellation)
    {
        await run.Web.CloseAsync(cancellation).ConfigureAwait(false);
        run.Progress?.Report("saving the files before");
        string[] replaced = [.. plan.Transaction.Steps.Where(step => step.From is not null).Select(run.Agent.Manager.NameOf)];
        await run.Agent.DoAsync("saving the files before", "save", replaced, cancellation).ConfigureAwait(false);
        run.Progress?.Report($"installing {plan}");
        string? flaw = await InstallAsync(run, plan, work, cancellation).ConfigureAwait(false);
        if (flaw is not null)
        {
            return await UndoAsync(run, work, flaw, cancellation).ConfigureAwait(false);
        }

        work.After = await run.Agent.ReadInstalledAsync(cancellation).ConfigureAwait(false);
        await run.Agent.DoAsync("ending the update", "end", [], cancellation).ConfigureAwait(false);
        return work.Succeed();
    }

    /// <returns>Why it has to be undone; null where all is well.</returns>
    private async Task<string?> InstallAsync(Run run, PackagePlan plan, Work work, CancellationToken cancellation)
    {
        string flags = string.Join('\n', new[] { run.Cron.FlagToRemove, run.Web.Flag }.OfType<string>());
        run.IsBegun = true;
        try
        {
            await run.Agent.DoAsync("installing packages", "install", [flags, .. Addresses(run.Agent, plan)], cancellation).ConfigureAwait(false);
            await RestartAsync(run, work, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure)
        {
            return failure.Reason;
        }

        run.Progress?.Report("testing the instance");
        IReadOnlyList<string> flaws = await _health.WaitAsync(run.MissingBefore, run.Options.HealthLimit, run.Progress, cancellation).ConfigureAwait(false);
        if (flaws.Count > 0)
        {
            return string.Join("; ", flaws);
        }

        // Once more with the doors open: behind the maintenance page nobody sees what customers will see.
        await run.OpenAsync(cancellation).ConfigureAwait(false);
        flaws = await _health.WaitAsync(run.MissingBefore, OpenedLimit, run.Progress, cancellation).ConfigureAwait(false);
        return flaws.Count > 0 ? string.Join("; ", flaws) : null;
    }

    private async Task<PackageUpdateOutcome> UndoAsync(Run run, Work work, string flaw, CancellationToken cancellation)
    {
        run.Progress?.Report($"undoing the update: {flaw}");
        IReadOnlyList<string> missing;
        try
        {
            await run.Agent.DoAsync("undoing the update", "undo", [], cancellation).ConfigureAwait(false);
            await RestartAsync(run, work, cancellation).ConfigureAwait(false);
            missing = await _health.WaitAsync(run.MissingBefore, UndoneLimit(run.Options), run.Progress, cancellation).ConfigureAwait(false);
            if (missing.Count > 0 && !work.ContainerRestarted)
            {
                await RestartContainerAsync(run, work).ConfigureAwait(false);
                missing = await _health.WaitAsync(run.MissingBefore, run.Options.HealthLimit, run.Progress, cancellation).ConfigureAwait(false);
            }

            work.After = await run.Agent.ReadInstalledAsync(cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure)
        {
            missing = [failure.Reason];
        }

        if (missing.Count > 0)
        {
            await run.LeaveAsync().ConfigureAwait(false);
            return work.Fail(PackageErrors.PackageUndoFailed(instance.Definition, flaw, string.Join("; ", missing)), isUndone: false);
        }

        await run.Agent.DoAsync("ending the update", "end", [], cancellation).ConfigureAwait(false);
        await run.OpenAsync(cancellation).ConfigureAwait(false);
        return work.Fail(PackageErrors.PackageUpdateUndone(instance.Definition, flaw), isUndone: true);
    }

    /// <summary>supervisord gives up a service that did not start a few times; then only a restart of the container brings it back, and soon.</summary>
    private static TimeSpan UndoneLimit(PackageUpdateOptions options) => options.HealthLimit < OpenedLimit ? options.HealthLimit : OpenedLimit;

    private async Task RestartAsync(Run run, Work work, CancellationToken cancellation)
    {
        var stale = new StaleServices(instance);
        (IReadOnlyList<ServiceStatus> services, bool supervisor) = await stale.FindAsync(cancellation).ConfigureAwait(false);
        if (supervisor)
        {
            await RestartContainerAsync(run, work).ConfigureAwait(false);
            return;
        }

        work.Restarted.AddRange(services.Select(service => service.Service).Except(work.Restarted));
        await stale.RestartAsync(services, run.Progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Not to be cancelled: while the container is down nobody inside could undo anything.</summary>
    private async Task RestartContainerAsync(Run run, Work work)
    {
        await run.Agent.PauseAsync(CancellationToken.None).ConfigureAwait(false);
        await new InstancePower(instance, _clock).RestartAsync(
            new StopOptions { SkipDrain = true }, new StartOptions { HealthLimit = null }, run.Progress, CancellationToken.None).ConfigureAwait(false);
        work.ContainerRestarted = true;
        PackageAgent agent = await PackageAgent.ChangeAsync(instance, CancellationToken.None).ConfigureAwait(false);
        await run.ReplaceAgentAsync(agent).ConfigureAwait(false);
        await agent.DoAsync("going on after the restart", "adopt", [], CancellationToken.None).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> Addresses(PackageAgent agent, PackagePlan plan) => [.. plan.Transaction.Steps.Select(agent.Manager.Address)];

    /// <summary>What is under way, and the locks that were set for it.</summary>
    private sealed class Run(
        PackageAgent agent, CronKeeper cron, WebGate web, IReadOnlyList<string> missingBefore, PackageUpdateOptions options,
        IProgress<string>? progress) : IAsyncDisposable
    {
        private PackageAgent? _second;
        private bool _opened;

        public PackageAgent Agent => _second ?? agent;

        public CronKeeper Cron => cron;

        public WebGate Web => web;

        public IReadOnlyList<string> MissingBefore => missingBefore;

        public PackageUpdateOptions Options => options;

        public IProgress<string>? Progress => progress;

        /// <summary>From now on, whoever ends early leaves the locks to the agent.</summary>
        public bool IsBegun { get; set; }

        public async Task OpenAsync(CancellationToken cancellation)
        {
            await web.OpenAsync(cancellation).ConfigureAwait(false);
            await cron.RestoreAsync(cancellation).ConfigureAwait(false);
            _opened = true;
        }

        /// <summary>The instance is broken: jobs and customers are kept out, and what could put it in order stays where it is.</summary>
        public async Task LeaveAsync()
        {
            try
            {
                await Agent.PauseAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is AsterisellException or IOException)
            {
                // It ended before.
            }
        }

        public async Task ReplaceAgentAsync(PackageAgent next)
        {
            if (_second is not null)
            {
                await _second.DisposeAsync().ConfigureAwait(false);
            }

            _second = next;
        }

        public async ValueTask DisposeAsync()
        {
            if (_second is not null)
            {
                await _second.DisposeAsync().ConfigureAwait(false);
            }

            if (!_opened && !IsBegun)
            {
                using var limit = new CancellationTokenSource(RestoreLimit);
                await web.OpenAsync(limit.Token).ConfigureAwait(false);
                await cron.RestoreAsync(limit.Token).ConfigureAwait(false);
            }

        }
    }

    private sealed class Work(AsterisellInstance definition, PackagePlan plan, TimeProvider clock)
    {
        private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
        private readonly long _start = clock.GetTimestamp();

        public IReadOnlyList<PackageVersion> Before { get; set; } = [];

        public IReadOnlyList<PackageVersion>? After { get; set; }

        public List<string> Restarted { get; } = [];

        public bool ContainerRestarted { get; set; }

        public PackageUpdateOutcome End(OperationStatus status, string message, bool isUndone = false) =>
            new(Result(status, message) with { IsUndone = isUndone }, null);

        public PackageUpdateOutcome Succeed()
        {
            IReadOnlyList<PackageChange> changes = Changes();
            int security = changes.Count(change => change.IsSecurity == true);
            string restarted = ContainerRestarted ? "the container was restarted"
                : Restarted.Count > 0 ? $"restarted: {string.Join(", ", Restarted)}"
                : "no service had to be restarted";
            string count = changes.Count.ToString(CultureInfo.InvariantCulture);
            return End(
                OperationStatus.Succeeded,
                $"{count} {(changes.Count == 1 ? "package" : "packages")} updated{(security > 0 ? $", {security} for security" : "")}; {restarted}; tested.");
        }

        public PackageUpdateOutcome Fail(AsterisellException failure, bool isUndone) =>
            new(Result(OperationStatus.Failed, failure.Reason) with { IsUndone = isUndone }, failure);

        private PackageUpdateResult Result(OperationStatus status, string message) =>
            new(definition.Name, definition.HostName, "UpdatePackages", status, _startedAt, clock.GetElapsedTime(_start), message)
            {
                Planned = plan.Changes,
                Changes = Changes(),
                RestartedServices = Restarted,
                ContainerRestarted = ContainerRestarted,
            };

        /// <summary>From the lists before and after, whatever was planned.</summary>
        private IReadOnlyList<PackageChange> Changes()
        {
            if (After is null)
            {
                return [];
            }

            var before = Before.ToLookup(one => (one.Package, one.Architecture), one => one.Version);
            var after = After.ToLookup(one => (one.Package, one.Architecture), one => one.Version);
            return
            [
                .. before.Select(one => one.Key).Union(after.Select(one => one.Key)).OrderBy(key => key.Package, StringComparer.Ordinal)
                    .Where(key => !before[key].ToHashSet().SetEquals(after[key]))
                    .Select(key => new PackageChange(
                        key.Package, key.Architecture, before[key].LastOrDefault(), after[key].LastOrDefault(),
                        plan.Changes.FirstOrDefault(change => change.Package == key.Package)?.IsSecurity)),
            ];
        }
    }
}
