using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>
/// Backs the data up when no job can change them any more, so that no imported call is younger than the backup; customers are still in.
/// </summary>
internal sealed class CheckpointPhase(UpdateWorld world, IDataCheckpoint checkpoint) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Checkpoint;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("backing up the data");
        AsterisellBackup backup = await checkpoint
            .MakeAsync(world.Instance, world.Journal.SafetyDestination!, progress, cancellation).ConfigureAwait(false);
        RatedCalls calls = await RatedCalls.ReadAsync(world.Instance.Database, cancellation).ConfigureAwait(false);
        world.Set(journal => journal with { BackupPath = backup.Path, Before = journal.Before with { Calls = calls } });
        return true;
    }
}
