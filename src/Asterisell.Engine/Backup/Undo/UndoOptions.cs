namespace Asterisell.Engine.Backup.Undo;

/// <summary>How a former state is restored.</summary>
public sealed record UndoOptions
{
    /// <summary>Folder on this machine for the state before; null for the module's own.</summary>
    public string? Destination { get; init; }

    /// <summary>Longest wait for a running job pass.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From which day calls are rated again, local time of the instance; null for the application's own choice.</summary>
    public DateTime? RerateFrom { get; init; }
}
