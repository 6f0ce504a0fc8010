namespace Asterisell.Engine.Deployment.Update;

/// <summary>How an instance is updated.</summary>
public sealed record UpdateOptions
{
    /// <summary>What is updated.</summary>
    public UpdateScope Scope { get; init; } = UpdateScope.Application | UpdateScope.Configuration;

    /// <summary>Folder of the management checkout; null for what the inventory says.</summary>
    public string? Source { get; init; }

    /// <summary>Folder for the backup that is made before; needed where the application is updated.</summary>
    public string? SafetyDestination { get; init; }

    /// <summary>Leaves the instance as it is where a phase fails.</summary>
    public bool NoRollback { get; init; }

    /// <summary>Deploys a checkout with changes that were not committed, or with conflicts.</summary>
    public bool AllowUnclean { get; init; }

    /// <summary>Longest time for the update; when it is over, everything is put back. Null for none.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Longest wait for a running job pass.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest wait for the instance to be healthy.</summary>
    public TimeSpan HealthLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait for the job pass of the health test; when it is over, a pass that goes on without failures is left to itself.</summary>
    public TimeSpan PassLimit { get; init; } = TimeSpan.FromMinutes(10);
}
