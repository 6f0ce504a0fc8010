namespace Asterisell.Engine.Backup.Capture;

/// <summary>Arguments of mysqldump for each piece of the database.</summary>
/// <param name="facts">What there is to dump.</param>
/// <param name="user">Arguments that say as whom.</param>
internal sealed class DumpArguments(DatabaseFacts facts, IReadOnlyList<string> user)
{
    public const string Program = "mysqldump";

    /// <summary>All tables, <see cref="DatabaseFacts.ScratchTables"/> included, without rows.</summary>
    public string[] Structure =>
        [.. user, .. Common, "--no-data", "--skip-triggers", "--skip-lock-tables", .. Without(facts.Views), "--", facts.Database];

    /// <summary>The rows of all tables but the scratch tables, of one moment.</summary>
    public string[] Rows =>
    [
        .. user, .. Common, "--no-create-info", "--skip-triggers", "--single-transaction", "--quick", "--hex-blob",
        .. Without(facts.ScratchTables.Keys.Concat(facts.Views)), "--", facts.Database,
    ];

    /// <summary>Rows of some tables, said by name: one that is made meanwhile is not in the structure.</summary>
    /// <param name="tables">Tables.</param>
    /// <param name="where">Condition for the rows of the only table; null for all rows.</param>
    /// <remarks>The same rows make the same text: no date in it. --verbose says on standard error when the transaction has begun.</remarks>
    public string[] RowsOf(IReadOnlyList<string> tables, string? where) =>
    [
        .. user, .. Common, "--skip-dump-date", "--skip-no-autocommit", "--verbose", "--no-create-info", "--skip-triggers", "--single-transaction", "--quick",
        "--hex-blob", .. where is null ? Enumerable.Empty<string>() : [$"--where={where}"], "--", facts.Database, .. tables,
    ];

    /// <summary>Triggers, routines, events.</summary>
    public string[] Objects =>
    [
        .. user, .. Common, "--no-data", "--no-create-info", "--triggers", "--routines", "--events", "--skip-lock-tables",
        .. Without(facts.Views), "--", facts.Database,
    ];

    /// <summary>Views; only where there are any, since no name at all would mean every table.</summary>
    public string[] Views => ViewsOf(facts.Views);

    /// <summary>Triggers of some tables, and all routines and events.</summary>
    public string[] ObjectsOf(IReadOnlyList<string> tables) =>
    [
        .. user, .. Common, "--no-data", "--no-create-info", "--triggers", "--routines", "--events", "--skip-lock-tables", "--", facts.Database, .. tables,
    ];

    /// <summary>Some views, or all.</summary>
    public string[] ViewsOf(IReadOnlyList<string> views) => [.. user, .. Common, "--no-data", "--skip-triggers", "--skip-lock-tables", "--", facts.Database, .. views];

    /// <summary>Said in full, since option files of the container may say otherwise.</summary>
    private static string[] Common =>
    [
        "--opt", "--comments", "--dump-date", "--tz-utc", "--default-character-set=utf8mb4", "--max-allowed-packet=1073741824",
    ];

    private IEnumerable<string> Without(IEnumerable<string> names) => names.Select(name => $"--ignore-table={facts.Database}.{name}");
}
