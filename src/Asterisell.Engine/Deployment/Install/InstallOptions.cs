using Asterisell.Engine.Instances.Users;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>How an instance is installed.</summary>
public sealed record InstallOptions
{
    /// <summary>Folder of the management checkout; null for what the inventory says.</summary>
    public string? Source { get; init; }

    /// <summary>First administrator; null for none.</summary>
    public AdminLogin? Admin { get; init; }

    /// <summary>Takes a weak password of the administrator.</summary>
    public bool AllowWeak { get; init; }

    /// <summary>Longest wait for MariaDB, and then for the web pages.</summary>
    public TimeSpan HealthLimit { get; init; } = TimeSpan.FromSeconds(300);
}
