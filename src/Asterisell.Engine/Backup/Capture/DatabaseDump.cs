using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Runs mysqldump in the container into the snapshot.</summary>
/// <param name="run">The backup.</param>
/// <param name="clients">Starts it.</param>
/// <param name="facts">What there is to dump.</param>
/// <param name="user">Arguments that say as whom.</param>
internal sealed class DatabaseDump(BackupRun run, IDatabaseClients clients, DatabaseFacts facts, IReadOnlyList<string> user)
{
    private const string Program = "mysqldump";

    /// <summary>The structure of all tables, <see cref="DatabaseFacts.ScratchTables"/> included.</summary>
    public Task<DumpSummary> TakeStructureAsync(CancellationToken cancellation) => RunAsync(
        SnapshotLayout.Structure,
        [.. user, .. Common, "--no-data", "--skip-triggers", "--skip-lock-tables", .. Without(facts.Views), "--", facts.Database],
        null,
        cancellation);

    /// <summary>The rows of all tables but the scratch tables, of one moment.</summary>
    /// <param name="begun">Set when that moment lies behind.</param>
    /// <param name="cancellation">Ends the dump, also in the container.</param>
    public Task<DumpSummary> TakeRowsAsync(TaskCompletionSource begun, CancellationToken cancellation) => RunAsync(
        SnapshotLayout.Rows,
        [
            .. user, .. Common, "--no-create-info", "--skip-triggers", "--single-transaction", "--quick", "--hex-blob",
            .. Without(facts.ScratchTables.Keys.Concat(facts.Views)), "--", facts.Database,
        ],
        begun,
        cancellation);

    /// <summary>Triggers, routines, events.</summary>
    public Task<DumpSummary> TakeObjectsAsync(CancellationToken cancellation) => RunAsync(
        SnapshotLayout.Objects,
        [
            .. user, .. Common, "--no-data", "--no-create-info", "--triggers", "--routines", "--events", "--skip-lock-tables",
            .. Without(facts.Views), "--", facts.Database,
        ],
        null,
        cancellation);

    /// <summary>Views; only where there are any, since no name at all would mean every table.</summary>
    public Task<DumpSummary> TakeViewsAsync(CancellationToken cancellation) => RunAsync(
        SnapshotLayout.Views,
        [.. user, .. Common, "--no-data", "--skip-triggers", "--skip-lock-tables", "--", facts.Database, .. facts.Views],
        null,
        cancellation);

    /// <summary>Said in full, since option files of the container may say otherwise.</summary>
    private static string[] Common =>
    [
        "--opt", "--comments", "--dump-date", "--tz-utc", "--default-character-set=utf8mb4", "--max-allowed-packet=1073741824",
    ];

    private IEnumerable<string> Without(IEnumerable<string> names) => names.Select(name => $"--ignore-table={facts.Database}.{name}");

    private async Task<DumpSummary> RunAsync(string path, string[] arguments, TaskCompletionSource? begun, CancellationToken cancellation)
    {
        ClientOutput form = DumpReader.FormFor(run.Instance.Definition.Host);
        SnapshotFile file = run.Snapshot.CreateFile(path);
        await using (file.ConfigureAwait(false))
        {
            DumpReader reader = new(file, scanner =>
            {
                run.Report("dumping the database", scanner.TextBytes, facts.DataBytes);
                if (scanner.HasTables)
                {
                    begun?.TrySetResult();
                }
            });
            IExecProcess process = await clients
                .StartAsync(Program, arguments, attachInput: false, form, cancellation).ConfigureAwait(false);
            await using (process.ConfigureAwait(false))
            {
                DumpSummary dump = await reader.ReadAsync(process, form, cancellation).ConfigureAwait(false);
                int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                DumpRules.RequireSuccess(run.Target, Program, exitCode, reader.Error, dump);
                run.Snapshot.AddFile(file);
                return dump;
            }
        }
    }
}
