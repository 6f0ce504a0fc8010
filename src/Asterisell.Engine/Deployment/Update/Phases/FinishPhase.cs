using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>The update is final: jobs run again where they ran before, and nothing of the update is left in the instance.</summary>
internal sealed class FinishPhase(UpdateWorld world) : IUpdateWork
{
    /// <summary>Customers are in; to be cut off here would leave the jobs locked.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public UpdatePhase Phase => UpdatePhase.Finish;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("removing what is no longer needed");
        using var limit = new CancellationTokenSource(Limit);
        cancellation = limit.Token;
        if (world.Journal.WithApplication)
        {
            await RecordAsync(cancellation).ConfigureAwait(false);
        }

        if (world.Journal.CronLocked is { } cronLocked)
        {
            await world.Instance.Application.RestoreCronAsync(
                new ApplicationLocks(cronLocked, world.Journal.WebLocked ?? false, null), cancellation).ConfigureAwait(false);
        }

        await world.Store.RemoveAsync(world.Journal, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Notes what was brought; a file that is neither the release's nor an operator's came by the activation.</summary>
    private async Task RecordAsync(CancellationToken cancellation)
    {
        IReadOnlySet<string> unknown = await UnknownFiles.FindAsync(
            world.Instance, world.Wanted.Tree!, world.Wanted.Found.Configuration.ApplicationPaths(world.Definition), cancellation).ConfigureAwait(false);
        IEnumerable<string> made = unknown.Except(world.Wanted.Found.Application.Where(one => one.Change == DriftChange.OperatorFile).Select(one => one.Path));
        DeployedManifest manifest = await SyncPhase.ManifestAsync(world, made, cancellation).ConfigureAwait(false);
        await manifest.WriteAsync(world.Instance, cancellation).ConfigureAwait(false);
    }
}
