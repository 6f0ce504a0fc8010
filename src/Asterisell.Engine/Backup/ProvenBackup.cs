using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup;

/// <summary>A backup whose content was read again and passed.</summary>
public sealed class ProvenBackup(TimeProvider clock) : ILastBackup
{
    /// <inheritdoc/>
    public async Task<AsterisellBackup> MakeAsync(
        IInstance instance, string destination, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(progress);
        AsterisellBackup backup = await new InstanceBackup(clock)
            .MakeAsync(instance, new BackupOptions(destination), progress, cancellation).ConfigureAwait(false);
        progress.Report("testing the backup");
        BackupVerdict verdict = await new BackupVerifier(clock).TestAsync(backup, BackupTestLevel.Content, progress, cancellation).ConfigureAwait(false);
        return verdict.Passed
            ? backup
            : throw BackupErrors.BackupNotProven(instance.Definition.ToString(), backup.Path, [.. verdict.Findings.Select(finding => finding.ToString())]);
    }
}
