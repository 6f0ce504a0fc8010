using System.Globalization;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>What the database has, asked before the dump, so that the dump can be compared with it.</summary>
internal sealed record DatabaseFacts
{
    /// <summary>
    /// Tables that the application alters or empties by TRUNCATE while it works: <c>asterisell.php</c> alters the first at every call,
    /// a job pass and the invoices empty the others. A dump in one transaction that comes to such a table afterwards fails with error 1412,
    /// and none of their rows outlives the pass that wrote them.
    /// </summary>
    private static readonly HashSet<string> Scratch =
        new(StringComparer.Ordinal) { "ar_check_upgrade_script", "ar_expanded_extensions", "ar_postponed_report_tmp" };

    /// <summary>Name of the application's database.</summary>
    public required string Database { get; init; }

    /// <summary>User that answered, as <c>name@host</c>.</summary>
    public required string User { get; init; }

    public required string ServerVersion { get; init; }

    /// <summary>Tables with rows to keep: name, engine.</summary>
    public required IReadOnlyDictionary<string, string> Tables { get; init; }

    /// <summary>Tables of which only the structure is kept: name, engine.</summary>
    public required IReadOnlyDictionary<string, string> ScratchTables { get; init; }

    /// <summary>About the bytes of all rows, for showing progress.</summary>
    public required long DataBytes { get; init; }

    public required IReadOnlyList<string> Views { get; init; }

    public required IReadOnlyList<string> Triggers { get; init; }

    public required IReadOnlyList<string> Routines { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Other databases on the server that are not MariaDB's own.</summary>
    public required IReadOnlyList<string> OtherDatabases { get; init; }

    public int AppliedUpgradeJobs { get; init; }

    public string? LastUpgradeJob { get; init; }

    /// <summary>True when root answered, who sees everything.</summary>
    public bool IsRoot => User.StartsWith("root@", StringComparison.Ordinal);

    /// <summary>Whether the server is of a version or newer.</summary>
    public bool IsAtLeast(int major, int minor)
    {
        string[] parts = ServerVersion.Split('.', '-');
        return parts.Length > 1 && int.TryParse(parts[0], out int has) && int.TryParse(parts[1], out int hasMinor)
            && (has, hasMinor).CompareTo((major, minor)) >= 0;
    }

    /// <summary>Engines whose tables a transaction does not see at one moment.</summary>
    public IReadOnlyList<string> UnsafeEngines =>
        [.. Tables.Values.Distinct(StringComparer.OrdinalIgnoreCase).Where(engine => !engine.Equals("InnoDB", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    /// <summary>True where a transaction sees a table at its moment.</summary>
    public bool HasSnapshots(string table) => Tables.TryGetValue(table, out string? engine) && engine.Equals("InnoDB", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, int> EngineCounts =>
        Tables.Values.GroupBy(engine => engine, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>Asks the server.</summary>
    public static async Task<DatabaseFacts> ReadAsync(ClientSession session, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> server = await session
            .AskAsync("SELECT DATABASE(), CURRENT_USER(), @@version", cancellation).ConfigureAwait(false);
        IReadOnlyList<string[]> tables = await session.AskAsync(
            """
            SELECT TABLE_NAME, TABLE_TYPE, IFNULL(ENGINE, ''), IFNULL(DATA_LENGTH, 0) FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = DATABASE()
            """,
            cancellation).ConfigureAwait(false);
        List<string[]> real = [.. tables.Where(row => row[1] != "VIEW")];
        DatabaseFacts facts = new()
        {
            Database = server[0][0],
            User = server[0][1],
            ServerVersion = server[0][2],
            Tables = real.Where(row => !Scratch.Contains(row[0])).ToDictionary(row => row[0], row => row[2]),
            ScratchTables = real.Where(row => Scratch.Contains(row[0])).ToDictionary(row => row[0], row => row[2]),
            DataBytes = real.Sum(row => long.TryParse(row[3], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : 0),
            Views = [.. tables.Where(row => row[1] == "VIEW").Select(row => row[0])],
            Triggers = await NamesAsync("SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()").ConfigureAwait(false),
            Routines = await NamesAsync("SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()").ConfigureAwait(false),
            Events = await NamesAsync("SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()").ConfigureAwait(false),
            OtherDatabases = await NamesAsync(
                """
                SELECT SCHEMA_NAME FROM information_schema.SCHEMATA
                WHERE SCHEMA_NAME NOT IN (DATABASE(), 'mysql', 'information_schema', 'performance_schema', 'sys', 'test')
                """).ConfigureAwait(false),
        };
        return facts.Tables.ContainsKey("ar_application_upgrade")
            ? await WithUpgradesAsync(facts, session, cancellation).ConfigureAwait(false)
            : facts;

        async Task<IReadOnlyList<string>> NamesAsync(string sql) =>
            [.. (await session.AskAsync(sql, cancellation).ConfigureAwait(false)).Select(row => row[0]).Order(StringComparer.Ordinal)];
    }

    /// <summary>Refuses a database that an instance can't have.</summary>
    public void RefuseWhenEmpty(string target)
    {
        if (Tables.Count == 0)
        {
            throw BackupErrors.BackupDatabaseEmpty(target, $"the database '{Database}' has no tables");
        }

        if (!Tables.ContainsKey("ar_cdr"))
        {
            throw BackupErrors.BackupDatabaseEmpty(target, $"the database '{Database}' has no table ar_cdr");
        }
    }

    private static async Task<DatabaseFacts> WithUpgradesAsync(DatabaseFacts facts, ClientSession session, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> jobs = await session.AskAsync(
            """
            SELECT COUNT(*), IFNULL((SELECT upg_key FROM ar_application_upgrade ORDER BY id DESC LIMIT 1), '') FROM ar_application_upgrade
            """,
            cancellation).ConfigureAwait(false);
        return facts with
        {
            AppliedUpgradeJobs = int.Parse(jobs[0][0], CultureInfo.InvariantCulture),
            LastUpgradeJob = jobs[0][1].Length == 0 ? null : jobs[0][1],
        };
    }
}
