namespace Asterisell.Engine.Deployment.Removal;

/// <summary>How an instance is removed.</summary>
public sealed record UninstallOptions
{
    /// <summary>Folder for the last backup; null for the folder of the instance's first backup target.</summary>
    public string? Destination { get; init; }

    /// <summary>Makes no last backup.</summary>
    public bool SkipBackup { get; init; }

    /// <summary>Leaves the volumes.</summary>
    public bool KeepData { get; init; }

    /// <summary>Longest wait for a job pass to end.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Time for the database to end.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(300);
}
