namespace Asterisell.Engine.Backup;

/// <summary>Where and how a backup is made.</summary>
/// <param name="Destination">Folder; below it <c>HOST/INSTANCE/SNAPSHOT/</c>.</param>
public sealed record BackupOptions(string Destination)
{
    /// <summary>Longest wait for a job pass to end, where tables need that nothing runs.</summary>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);
}
