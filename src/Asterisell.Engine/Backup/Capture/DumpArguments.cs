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

    /// <summary>Triggers, routines, events.</summary>
    public string[] Objects =>
    [
        .. user, .. Common, "--no-data", "--no-create-info", "--triggers", "--routines", "--events", "--skip-lock-tables",
        .. Without(facts.Views), "--", facts.Database,
    ];

    /// <summary>Views; only where there are any, since no name at all would mean every table.</summary>
    public string[] Views => [.. user, .. Common, "--no-data", "--skip-triggers", "--skip-lock-tables", "--", facts.Database, .. facts.Views];

    /// <summary>Said in full, since option files of the container may say otherwise.</summary>
    private static string[] Common =>
    [
        "--opt", "--comments", "--dump-date", "--tz-utc", "--default-character-set=utf8mb4", "--max-allowed-packet=1073741824",
    ];

    private IEnumerable<string> Without(IEnumerable<string> names) => names.Select(name => $"--ignore-table={facts.Database}.{name}");
}
