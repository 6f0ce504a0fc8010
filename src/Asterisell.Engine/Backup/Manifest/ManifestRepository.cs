namespace Asterisell.Engine.Backup.Manifest;

/// <summary>What a snapshot of the management directory says in place of a database.</summary>
internal sealed record ManifestRepository
{
    /// <summary>Machine that it was taken of.</summary>
    public required string Machine { get; init; }

    /// <summary>Inventory file.</summary>
    public required string Inventory { get; init; }

    /// <summary>How <c>secrets/secrets.json.gpg</c> is encrypted; null where there is none.</summary>
    public string? Encryption { get; init; }

    /// <summary>No database: what stands in the manifest in its place.</summary>
    public static ManifestDatabase NoDatabase { get; } = new()
    {
        Name = string.Empty,
        DumpedAs = string.Empty,
        Consistency = new ManifestConsistency
        {
            Method = ConsistencyMethod.SnapshotTransaction,
            Statement = "there is no database in it",
            Engines = new Dictionary<string, int>(),
            JobPassAtStart = false,
            JobPassAtEnd = false,
        },
        Pieces = [],
        Tables = [],
        Views = [],
        Triggers = [],
        Routines = [],
        Events = [],
        Accounts = [],
        Days = [],
    };
}
