using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment;

/// <summary>
/// The engine goes on with what a killed run asked of it, and refuses the same request meanwhile: a name is taken by a container that nobody sees
/// yet, a removal is in progress, a volume is in use by a container that is going.
/// </summary>
internal static class EngineAtWork
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until the engine does it, or has done it for the other.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isDone">Asked when it was refused: true when it is done already.</param>
    /// <param name="progress">Told that it waits.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>True when this request did it.</returns>
    /// <exception cref="AsterisellException">The refusal, when it lasts.</exception>
    public static async Task<bool> RequestAsync(
        Func<Task> request, Func<Task<bool>> isDone, IOperationProgress progress, CancellationToken cancellation)
    {
        long begin = Environment.TickCount64;
        while (true)
        {
            try
            {
                await request().ConfigureAwait(false);
                return true;
            }
            catch (AsterisellException refused) when (refused.Kind is ErrorKind.Conflict or ErrorKind.NotFound)
            {
                if (await isDone().ConfigureAwait(false))
                {
                    return false;
                }

                if (refused.Kind == ErrorKind.NotFound || Environment.TickCount64 - begin > Limit.TotalMilliseconds)
                {
                    throw;
                }
            }

            progress.Report("waiting for the engine, which is still at work for an earlier run");
            await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
        }
    }
}
