using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Comes back to an instance in the middle of an update: the link may be down for a moment, the container may have been killed.</summary>
internal sealed class UpdateAccess(IInstance instance)
{
    /// <summary>Longest wait for MariaDB, which may have to recover.</summary>
    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan LinkLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the host, and starts the container where it does not run: it ran when the update began.</summary>
    public async Task ReachAsync(IProgress<string> progress, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
                if (!container.IsRunning)
                {
                    progress.Report("starting the container");
                    await instance.Docker.StartContainerAsync(instance.Definition.ContainerName, cancellation).ConfigureAwait(false);
                    await WaitForDatabaseAsync(progress, cancellation).ConfigureAwait(false);
                }

                return;
            }
            catch (AsterisellException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Timeout && Environment.TickCount64 - start < LinkLimit.TotalMilliseconds)
            {
                progress.Report("waiting for the host");
                await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until MariaDB answers.</summary>
    public async Task WaitForDatabaseAsync(IProgress<string> progress, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                await instance.Database.ExecuteAsync("DO 1", null, cancellation).ConfigureAwait(false);
                return;
            }
            catch (AsterisellException failure) when (failure.Kind == ErrorKind.Connection && Environment.TickCount64 - start < DatabaseLimit.TotalMilliseconds)
            {
                progress.Report("waiting for MariaDB");
                await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
            }
        }
    }
}
