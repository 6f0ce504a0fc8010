namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Which paths a checkout once had.</summary>
internal interface ITrackedPaths
{
    /// <summary>Those of the paths that some commit before the present one had.</summary>
    Task<IReadOnlySet<string>> FindAsync(IReadOnlyCollection<string> paths, CancellationToken cancellation);
}
