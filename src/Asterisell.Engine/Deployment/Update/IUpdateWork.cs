using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>One phase of an update. It can be done again after it was cut off at any point.</summary>
internal interface IUpdateWork
{
    /// <summary>Which.</summary>
    UpdatePhase Phase { get; }

    /// <summary>Does it; false when nothing was to be done.</summary>
    Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation);
}

/// <summary>Writes down that a phase begins before it does.</summary>
internal sealed class JournaledWork(UpdateWorld world, IUpdateWork work) : IDeploymentWork
{
    public string Name => work.Phase.ToString();

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        await world.SaveAsync(journal => journal with { Phase = work.Phase }, cancellation).ConfigureAwait(false);
        return await work.RunAsync(progress, cancellation).ConfigureAwait(false);
    }
}

/// <summary>A step that is told in the log and not in the journal.</summary>
internal sealed class PlainWork(string name, Func<IOperationProgress, CancellationToken, Task<bool>> body) : IDeploymentWork
{
    public string Name => name;

    public Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation) => body(progress, cancellation);
}
