namespace Asterisell.Engine.Backup.Storage;

/// <summary>Names inside <c>DEST/HOST/INSTANCE/</c> and inside a snapshot. See docs/backup-format.md.</summary>
internal static class SnapshotLayout
{
    /// <summary>What a snapshot is called while it is being written, or after its writer died.</summary>
    public const string PartialPrefix = ".partial-";

    /// <summary>What a snapshot is called while it is being removed, or after its remover died.</summary>
    public const string RemovingPrefix = ".removing-";

    /// <summary>True for what a killed run left.</summary>
    public static bool IsLeftover(string name) =>
        name.StartsWith(PartialPrefix, StringComparison.Ordinal) || name.StartsWith(RemovingPrefix, StringComparison.Ordinal);

    /// <summary>Held open exclusively by the run that works on this instance.</summary>
    public const string LockFile = ".lock";

    /// <summary>Says who holds the lock.</summary>
    public const string LockOwnerFile = ".lock-owner.json";

    /// <summary>Folder with the last verdict on each snapshot; outside of the snapshots, which never change.</summary>
    public const string VerdictFolder = ".verdicts";

    /// <summary>What the snapshot is and what it was compared with.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>SHA-256 of the manifest, as <c>sha256sum</c> writes it. Written last.</summary>
    public const string ManifestChecksum = "manifest.sha256";

    /// <summary>One line for each file, folder and link, with size, SHA-256 and what it was in the container.</summary>
    public const string Listing = "files.jsonl";

    /// <summary>Pieces of the database.</summary>
    public const string DatabaseFolder = "database";

    /// <summary>Structure of all tables, without triggers; of the scratch tables nothing else is kept.</summary>
    public const string Structure = "database/structure.sql.gz";

    /// <summary>Rows of the tables that are kept whole.</summary>
    public const string Rows = "database/rows.sql.gz";

    /// <summary>Triggers, routines, events: loaded after the rows, so that none of them fires meanwhile.</summary>
    public const string Objects = "database/objects.sql.gz";

    /// <summary>Views, which may call routines.</summary>
    public const string Views = "database/views.sql.gz";

    /// <summary>Users with password hashes, and their grants.</summary>
    public const string Accounts = "database/accounts.sql";

    /// <summary>What the inventory and the Docker engine say of the instance.</summary>
    public const string Inventory = "instance/inventory.json";

    /// <summary>The container as the engine describes it.</summary>
    public const string Container = "instance/container.json";

    /// <summary>The container's file system: below it every file stands under its absolute path in the container.</summary>
    public const string FilesFolder = "files";

    /// <summary>The rows of one month of a large table.</summary>
    public static string RangeOf(string table, string month) => $"{DatabaseFolder}/{table}/{month}.sql.gz";
}
