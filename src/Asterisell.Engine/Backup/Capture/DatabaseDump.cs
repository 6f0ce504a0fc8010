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

    /// <summary>The structure of the scratch tables: see <see cref="DatabaseFacts.ScratchTables"/>.</summary>
    public Task<DumpSummary> TakeScratchAsync(CancellationToken cancellation) => RunAsync(
        SnapshotLayout.ScratchDump,
        [.. user, .. Common, "--no-data", "--skip-lock-tables", "--", facts.Database, .. facts.ScratchTables.Keys.Order(StringComparer.Ordinal)],
        null,
        cancellation);

    /// <summary>Everything else, of one moment.</summary>
    /// <param name="begun">Set when that moment lies behind.</param>
    /// <param name="cancellation">Ends the dump, also in the container.</param>
    public Task<DumpSummary> TakeAsync(TaskCompletionSource begun, CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Dump, Arguments, begun, cancellation);

    private string[] Arguments =>
    [
        .. user,
        .. Common,
        "--single-transaction", "--quick", "--routines", "--events", "--hex-blob",
        .. facts.ScratchTables.Keys.Select(table => $"--ignore-table={facts.Database}.{table}"),
        "--", facts.Database,
    ];

    /// <summary>Said in full, since option files of the container may say otherwise.</summary>
    private static string[] Common =>
    [
        "--opt", "--comments", "--dump-date", "--tz-utc", "--triggers", "--default-character-set=utf8mb4", "--max-allowed-packet=1073741824",
    ];

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
