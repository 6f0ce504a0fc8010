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
    private readonly DumpArguments _arguments = new(facts, user);

    /// <summary>The structure of all tables, <see cref="DatabaseFacts.ScratchTables"/> included.</summary>
    public Task<DumpSummary> TakeStructureAsync(CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Structure, _arguments.Structure, null, cancellation);

    /// <summary>The rows of all tables but the scratch tables, of one moment.</summary>
    /// <param name="begun">Set when that moment lies behind.</param>
    /// <param name="cancellation">Ends the dump, also in the container.</param>
    public Task<DumpSummary> TakeRowsAsync(TaskCompletionSource begun, CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Rows, _arguments.Rows, begun, cancellation);

    /// <summary>Triggers, routines, events.</summary>
    public Task<DumpSummary> TakeObjectsAsync(CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Objects, _arguments.Objects, null, cancellation);

    /// <summary>Views; only where there are any.</summary>
    public Task<DumpSummary> TakeViewsAsync(CancellationToken cancellation) => RunAsync(SnapshotLayout.Views, _arguments.Views, null, cancellation);

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
                .StartAsync(DumpArguments.Program, arguments, attachInput: false, form, cancellation).ConfigureAwait(false);
            await using (process.ConfigureAwait(false))
            {
                DumpSummary dump = await reader.ReadAsync(process, form, cancellation).ConfigureAwait(false);
                int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                DumpRules.RequireSuccess(run.Target, DumpArguments.Program, exitCode, reader.Error, dump);
                run.Snapshot.AddFile(file);
                return dump;
            }
        }
    }
}
