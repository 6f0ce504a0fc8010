namespace Asterisell.Engine.Backup.Manifest;

/// <summary>What the snapshot holds of the database.</summary>
internal sealed record ManifestDatabase
{
    /// <summary>Name of the database.</summary>
    public required string Name { get; init; }

    /// <summary>Database user that dumped it: one that does not see all routines leaves some out.</summary>
    public required string DumpedAs { get; init; }

    public required ManifestConsistency Consistency { get; init; }

    /// <summary>Files that together hold the database, in the order in which they are loaded.</summary>
    public required IReadOnlyList<ManifestPiece> Pieces { get; init; }

    public required IReadOnlyList<ManifestTable> Tables { get; init; }

    public required IReadOnlyList<string> Views { get; init; }

    public required IReadOnlyList<string> Triggers { get; init; }

    public required IReadOnlyList<string> Routines { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Accounts of the database server in <c>database/accounts.sql</c>.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>
    /// Calls a day, as the database counted them beside the dump, for comparing a restore: rows of <c>ar_cdr</c> and <c>ar_source_cdr</c> by the
    /// day of <c>calldate</c>. A table that changed between count and dump is missing here.
    /// </summary>
    public required IReadOnlyList<ManifestDayCount> Days { get; init; }
}

/// <summary>In which sense the rows belong together.</summary>
internal sealed record ManifestConsistency
{
    public required ConsistencyMethod Method { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>Engines of the tables, each with the number of tables.</summary>
    public required IReadOnlyDictionary<string, int> Engines { get; init; }

    /// <summary>Whether a job pass ran when the dump began: its work may be there in part, as committed up to then.</summary>
    public required bool JobPassAtStart { get; init; }

    /// <summary>Whether a job pass ran when the dump ended.</summary>
    public required bool JobPassAtEnd { get; init; }
}

/// <summary>How the rows of all tables were taken at one moment.</summary>
internal enum ConsistencyMethod
{
    /// <summary>One transaction with a consistent snapshot; nobody waited.</summary>
    SnapshotTransaction,

    /// <summary>Several transactions with consistent snapshots, begun while BACKUP STAGE BLOCK_COMMIT let nobody commit.</summary>
    SnapshotTransactionsOfOneMoment,

    /// <summary>Such a transaction, and no job pass ran meanwhile: some tables are of an engine without snapshots.</summary>
    SnapshotTransactionUnderJobLock,
}

/// <summary>One file of the database: SQL text of mysqldump, compressed by gzip.</summary>
internal sealed record ManifestPiece
{
    /// <summary>Relative path in the snapshot.</summary>
    public required string Path { get; init; }

    public required PieceKind Kind { get; init; }

    /// <summary>Bytes of SQL text before compression.</summary>
    public required long TextBytes { get; init; }

    /// <summary>Rows that it holds, by table, also of tables that have none; empty for a piece that is no data.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>SHA-256 of the file, as its listing has it, in lower case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Which rows of one table it holds; null for a piece that holds whole tables.</summary>
    public ManifestRange? Range { get; init; }
}

/// <summary>The rows of one table whose date is in one month. The ranges of a table are all of its rows, each row in one.</summary>
internal sealed record ManifestRange
{
    /// <summary>What <see cref="Month"/> is for rows whose date is NULL.</summary>
    public const string NoMonth = "none";

    public required string Table { get; init; }

    /// <summary>Column with the date.</summary>
    public required string Column { get; init; }

    /// <summary>First seven signs of the date as stored, <c>yyyy-MM</c>, <c>0000-00</c> among them; or <see cref="NoMonth"/>.</summary>
    public required string Month { get; init; }

    /// <summary>
    /// What the database computed of every column of these rows in the dump's own moment, and how; null where it was not asked. Another
    /// backup dumps the range again unless the database still says the same.
    /// </summary>
    public string? Checksum { get; init; }

    /// <summary>SHA-256 of the definition of the table's columns.</summary>
    public required string Definition { get; init; }

    /// <summary>Snapshot whose backup dumped it; this one or an earlier one, from which the file is shared.</summary>
    public required string DumpedIn { get; init; }
}

/// <summary>What a piece of the database is; pieces are loaded in this order.</summary>
internal enum PieceKind
{
    /// <summary>Tables, without rows and triggers.</summary>
    Structure,

    /// <summary>Rows; into the tables of the structure, in any order.</summary>
    Data,

    /// <summary>Triggers, routines, events, views: nothing of this may work while rows are loaded.</summary>
    Objects,
}

/// <summary>One table.</summary>
internal sealed record ManifestTable
{
    public required string Name { get; init; }

    public required string Engine { get; init; }

    /// <summary>Rows in all data pieces together, counted in their text as it passed; 0 for a scratch table, which is in no data piece.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that the database counted beside the dump; null where it was not asked, or where the table changed in between.</summary>
    public long? RowsCounted { get; init; }
}

/// <summary>Rows of one day.</summary>
internal sealed record ManifestDayCount
{
    public required string Table { get; init; }

    /// <summary><c>yyyy-MM-dd</c> of the column <c>calldate</c>, as stored: the application's local time.</summary>
    public required string Day { get; init; }

    public required long Rows { get; init; }
}
