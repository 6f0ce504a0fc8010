using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>The file <c>manifest.json</c>. All times are UTC. Members are added, never renamed, within one format version.</summary>
internal sealed record SnapshotManifest
{
    /// <summary>What every manifest of ours says it is.</summary>
    public const string FormatName = "asterisell-snapshot";

    /// <summary>The version that this code writes, and the only one that it reads.</summary>
    public const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    public required string Snapshot { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    public required ManifestInstance Instance { get; init; }

    public required ManifestVersions Versions { get; init; }

    public required ManifestDatabase Database { get; init; }

    /// <summary>Says that it is a snapshot of a management directory, and of which; null for one of an instance.</summary>
    public ManifestRepository? Repository { get; init; }

    /// <summary>What was masked before the snapshot was made, which holds nothing but the database then; null for data as they were.</summary>
    public SanitizeSummary? Sanitized { get; init; }

    /// <summary>Directories of the container that were taken, and whether they were there.</summary>
    public required IReadOnlyList<ManifestSource> Sources { get; init; }

    /// <summary>The application's own backups among the files, judged; null where they could not be.</summary>
    public OwnFilesReport? OwnFiles { get; init; }

    public required ManifestListing Listing { get; init; }

    public required IReadOnlyList<ManifestStage> Stages { get; init; }

    /// <summary>What an operator should know about this snapshot.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What of the instance is not in it, and why.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }
}

/// <summary>Which instance it is a snapshot of.</summary>
internal sealed record ManifestInstance
{
    public required string Name { get; init; }

    public required string Host { get; init; }

    public required string Container { get; init; }

    public required string ContainerId { get; init; }

    public required string Image { get; init; }

    public required string ImageId { get; init; }

    /// <summary>An instance and its container as they are.</summary>
    public static ManifestInstance Of(AsterisellInstance instance, ContainerDetail container) => new()
    {
        Name = instance.Name,
        Host = instance.HostName,
        Container = container.Name,
        ContainerId = container.Id,
        Image = container.Image,
        ImageId = container.ImageId,
    };
}

/// <summary>What wrote it and what it holds.</summary>
internal sealed record ManifestVersions
{
    /// <summary>Version of this module.</summary>
    public required string Module { get; init; }

    /// <summary>Content of the application's file <c>VERSION</c>; null when it could not be read.</summary>
    public string? Application { get; init; }

    /// <summary>What the database server says it is, for example <c>10.11.6-MariaDB</c>.</summary>
    public required string DatabaseServer { get; init; }

    /// <summary>First line of the dump: the program that wrote it.</summary>
    public required string DumpProgram { get; init; }

    /// <summary>Rows of <c>ar_application_upgrade</c>; with the last key this is the version of the schema.</summary>
    public int AppliedUpgradeJobs { get; init; }

    /// <summary>Newest key of <c>ar_application_upgrade</c>; null where there is none.</summary>
    public string? LastUpgradeJob { get; init; }
}

/// <summary>A directory of the container that belongs into a backup.</summary>
internal sealed record ManifestSource
{
    /// <summary>Absolute path in the container.</summary>
    public required string Path { get; init; }

    /// <summary>False when the container had no such directory.</summary>
    public required bool Present { get; init; }

    /// <summary>Files stored of it.</summary>
    public long Files { get; init; }

    /// <summary>Their bytes.</summary>
    public long SizeBytes { get; init; }
}

/// <summary>The file <c>files.jsonl</c>, which lists every other file.</summary>
internal sealed record ManifestListing
{
    public required string Path { get; init; }

    public required long SizeBytes { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Its lines.</summary>
    public required long Entries { get; init; }

    /// <summary>Lines that are files.</summary>
    public required long Files { get; init; }

    /// <summary>Bytes of all files that it lists.</summary>
    public required long FilesSizeBytes { get; init; }

    /// <summary>Bytes of them that the disk held already when the snapshot was made: shared with an earlier one by hard link.</summary>
    public long SharedBytes { get; init; }

    /// <summary>
    /// When the container's files were listed, UTC by the clock that dates them; null where that is not known. What was changed shortly before
    /// can have been changed again without another time.
    /// </summary>
    public DateTimeOffset? FilesListedAt { get; init; }
}

/// <summary>One step of the backup.</summary>
internal sealed record ManifestStage
{
    public required string Name { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double Seconds { get; init; }
}
