using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment;

/// <summary>
/// One step of an installation or removal. It looks at the world whether it is done already, so that the same command goes on where a killed
/// one stopped.
/// </summary>
internal interface IDeploymentWork
{
    /// <summary>Its name, one or two words.</summary>
    string Name { get; }

    /// <summary>Does what is left to do; false when nothing was.</summary>
    Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation);
}
