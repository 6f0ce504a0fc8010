using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>Turns manifests into what flows through the pipeline.</summary>
internal static class BackupDescription
{
    /// <summary>A snapshot whose manifest can be believed.</summary>
    public static AsterisellBackup Of(SnapshotManifest manifest, string hostName, string name, string path, long manifestBytes) => new()
    {
        Name = name,
        HostName = hostName,
        SnapshotId = manifest.Snapshot,
        Path = path,
        State = BackupState.Complete,
        CreatedAt = manifest.StartedAt,
        Duration = manifest.FinishedAt - manifest.StartedAt,
        SizeBytes = manifest.Listing.FilesSizeBytes + manifest.Listing.SizeBytes + manifestBytes,
        NewBytes = manifest.Listing.FilesSizeBytes - manifest.Listing.SharedBytes + manifest.Listing.SizeBytes + manifestBytes,
        SharedBytes = manifest.Listing.SharedBytes,
        Database = manifest.Repository is null ? manifest.Database.Name : null,
        TableCount = manifest.Database.Tables.Count,
        RowCount = manifest.Database.Tables.Sum(table => table.Rows),
        CallCount = manifest.Database.Tables.FirstOrDefault(table => table.Name == "ar_cdr")?.Rows ?? 0,
        FileCount = manifest.Sources.Sum(source => source.Files),
        ApplicationVersion = manifest.Versions.Application,
        Notes = manifest.Notes,
    };

    /// <summary>A snapshot whose manifest can't be believed: only its place is known.</summary>
    public static AsterisellBackup OfDamaged(SnapshotId id, string hostName, string name, string path, BackupFinding damage) => new()
    {
        Name = name,
        HostName = hostName,
        SnapshotId = id.ToString(),
        Path = path,
        State = BackupState.Damaged,
        Reason = damage.ToString(),
        CreatedAt = id.Time,
    };
}
