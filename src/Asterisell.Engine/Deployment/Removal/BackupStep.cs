using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Removal;

/// <summary>
/// The last backup, with jobs drained so that nothing changes after it. A stopped instance is started for it. Where it fails, everything is
/// as it was before.
/// </summary>
internal sealed class BackupStep(RemovalWorld world, ILastBackup backup, string destination) : IDeploymentWork
{
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(60);

    public string Name => "Backup";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        ContainerDetail? container = await world.FindContainerAsync(cancellation).ConfigureAwait(false);
        if (container is null)
        {
            return false;
        }

        if (await world.Mark.FindAsync(cancellation).ConfigureAwait(false) is { } mark)
        {
            if (!container.IsRunning && container.StartedAt < mark.MadeAt)
            {
                // It has not run since an earlier run of this command had the backup.
                return false;
            }

            await world.Mark.RemoveAsync(cancellation).ConfigureAwait(false);
        }

        var power = new InstancePower(world.Instance);
        if (!container.IsRunning)
        {
            await power.StartAsync(new StartOptions(), progress, cancellation).ConfigureAwait(false);
        }

        await WaitForDatabaseAsync(progress, cancellation).ConfigureAwait(false);
        ApplicationLocks before = await world.Instance.Application
            .DrainJobsAsync(world.Options.DrainLimit, progress, cancellation).ConfigureAwait(false);
        try
        {
            world.Backup = await backup.MakeAsync(world.Instance, destination, progress, cancellation).ConfigureAwait(false);
            world.IsDrained = true;
            return true;
        }
        finally
        {
            if (!world.IsDrained)
            {
                using var limit = new CancellationTokenSource(RestoreLimit);
                await world.Instance.Application.RestoreCronAsync(before, limit.Token).ConfigureAwait(false);
                if (!container.IsRunning)
                {
                    await power.StopAsync(new StopOptions { SkipDrain = true }, null, limit.Token).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>A run that was killed while it ended the database leaves it to supervisord, which starts it again: that takes a moment.</summary>
    private async Task WaitForDatabaseAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                await world.Instance.Database.ExecuteAsync("DO 1", null, cancellation).ConfigureAwait(false);
                return;
            }
            catch (AsterisellException failure) when (failure.Kind == ErrorKind.Connection && Environment.TickCount64 - start < DatabaseLimit.TotalMilliseconds)
            {
                progress.Report("waiting for MariaDB");
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation).ConfigureAwait(false);
            }
        }
    }
}
