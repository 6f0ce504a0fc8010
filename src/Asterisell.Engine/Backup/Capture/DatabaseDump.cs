using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Dumps everything but rows into the snapshot.</summary>
/// <param name="run">The backup.</param>
/// <param name="clients">Starts mysqldump.</param>
/// <param name="facts">What there is to dump.</param>
/// <param name="user">Arguments that say as whom.</param>
internal sealed class DatabaseDump(BackupRun run, IDatabaseClients clients, DatabaseFacts facts, IReadOnlyList<string> user)
{
    private readonly DumpArguments _arguments = new(facts, user);

    /// <summary>The structure of all tables, <see cref="DatabaseFacts.ScratchTables"/> included.</summary>
    public Task<DumpedPiece> TakeStructureAsync(CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Structure, PieceKind.Structure, _arguments.Structure, cancellation);

    /// <summary>Triggers, routines, events.</summary>
    public Task<DumpedPiece> TakeObjectsAsync(CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Objects, PieceKind.Objects, _arguments.Objects, cancellation);

    /// <summary>Views; only where there are any.</summary>
    public Task<DumpedPiece> TakeViewsAsync(CancellationToken cancellation) =>
        RunAsync(SnapshotLayout.Views, PieceKind.Objects, _arguments.Views, cancellation);

    private async Task<DumpedPiece> RunAsync(string path, PieceKind kind, string[] arguments, CancellationToken cancellation)
    {
        ClientOutput form = DumpReader.FormFor(run.Instance.Definition.Host);
        SnapshotFile file = run.Snapshot.CreateFile(path);
        await using (file.ConfigureAwait(false))
        {
            BlockCompressor compressor = new(cancellation);
            await using (compressor.ConfigureAwait(false))
            {
                BlockText text = new(compressor, file);
                DumpReader reader = new(text.Write);
                IExecProcess process = await clients
                    .StartAsync(DumpArguments.Program, arguments, attachInput: false, form, cancellation).ConfigureAwait(false);
                await using (process.ConfigureAwait(false))
                {
                    DumpSummary dump = await reader.ReadAsync(process, form, cancellation).ConfigureAwait(false);
                    int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                    DumpRules.RequireSuccess(run.Target, DumpArguments.Program, exitCode, reader.Error, dump);
                    text.Complete();
                    await compressor.CompleteAsync().ConfigureAwait(false);
                    string sha256 = run.Snapshot.AddFile(file);
                    return new DumpedPiece(
                        new ManifestPiece { Path = path, Kind = kind, TextBytes = dump.TextBytes, SizeBytes = file.Length, Sha256 = sha256, Rows = dump.Rows }, dump);
                }
            }
        }
    }
}
