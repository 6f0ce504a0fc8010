using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Checkpoints that are proven backups.</summary>
public sealed class DataCheckpoint(TimeProvider clock) : IDataCheckpoint
{
    /// <inheritdoc/>
    public Task<AsterisellBackup> MakeAsync(IInstance instance, string destination, IOperationProgress progress, CancellationToken cancellation) =>
        new ProvenBackup(clock).MakeAsync(instance, destination, progress, cancellation);

    /// <inheritdoc/>
    public async Task RestoreAsync(
        IInstance instance, string path, string? safetyDestination, IOperationProgress progress, CancellationToken cancellation)
    {
        AsterisellBackup backup = await BackupCatalog.DescribeAsync(path, cancellation).ConfigureAwait(false);
        RestoreOptions options = new()
        {
            Include = RestoreContent.Database,
            SafetyDestination = safetyDestination,
            ApplyUpgradeJobs = false,
        };
        await new InstanceRestore(clock).RestoreAsync(instance, backup, options, new StepLog(), progress, cancellation).ConfigureAwait(false);
    }
}
