namespace Asterisell.Engine.Backup;

/// <summary>How far a backup or its test is.</summary>
/// <param name="Stage">What is being done, for example <c>Database</c>.</param>
/// <param name="Bytes">Bytes of this stage so far.</param>
/// <param name="TotalBytes">About how many there will be; null when unknown.</param>
public readonly record struct BackupProgress(string Stage, long Bytes, long? TotalBytes);
