using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>
/// Backs up one instance to targets: one snapshot, made whole in a folder of this machine, proven there, then brought to each other target.
/// A target that fails never keeps it from the others, and costs no earlier snapshot anywhere.
/// </summary>
public sealed class TargetBackup(TimeProvider clock, BackupTargets targets)
{
    /// <summary>Makes one snapshot and stores it in every target.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="where">At least one.</param>
    /// <param name="options">How the snapshot is made; where is <see cref="HomeOf"/> the targets.</param>
    /// <param name="stored">Told of each target that has it: the snapshot as that target lists it.</param>
    /// <param name="failed">Told of each target that does not have it, and why.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AsterisellException">There is no snapshot at all.</exception>
    public async Task MakeAsync(
        IInstance instance, IReadOnlyList<BackupTarget> where, BackupOptions options, Action<AsterisellBackup> stored,
        Action<BackupTarget, AsterisellBackup, Exception> failed, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        await MakeAsync(
            folder => new InstanceBackup(clock).MakeAsync(instance, options with { Destination = folder }, progress, cancellation),
            where, stored, failed, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes one snapshot of anything and stores it in every target.</summary>
    /// <param name="make">Makes it in a folder of this machine.</param>
    /// <param name="where">At least one.</param>
    /// <param name="stored">Told of each target that has it: the snapshot as that target lists it.</param>
    /// <param name="failed">Told of each target that does not have it, and why.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AsterisellException">There is no snapshot at all.</exception>
    public async Task MakeAsync(
        Func<string, Task<AsterisellBackup>> make, IReadOnlyList<BackupTarget> where, Action<AsterisellBackup> stored,
        Action<BackupTarget, AsterisellBackup, Exception> failed, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(where);
        BackupTarget? home = where.FirstOrDefault(IsFolder);
        AsterisellBackup local = await make(HomeOf(where)).ConfigureAwait(false);
        BackupTarget[] others = [.. where.Where(target => target != home)];
        if (home is not null)
        {
            stored(local with { Target = home.Name });
        }

        if (others.Length > 0)
        {
            await ProveAsync(local, progress, cancellation).ConfigureAwait(false);
        }

        bool all = true;
        foreach (BackupTarget other in others)
        {
            all &= await StoreAsync(local, other, stored, failed, progress, cancellation).ConfigureAwait(false);
        }

        if (home is null && all)
        {
            KeepLastOnly(local);
        }
    }

    /// <summary>Where the snapshot is made: the first target that is a folder of this machine, else the staging folder of the first.</summary>
    public static string HomeOf(IReadOnlyList<BackupTarget> where)
    {
        ArgumentNullException.ThrowIfNull(where);
        return where.FirstOrDefault(IsFolder)?.Path ?? StateFolder.StagingOf(where[0]);
    }

    private static bool IsFolder(BackupTarget target) => target is { Kind: BackupTargetKind.Directory, Path: not null };

    private async Task ProveAsync(AsterisellBackup local, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report("testing the snapshot");
        BackupVerdict verdict = await new BackupVerifier(clock).TestAsync(local, BackupTestLevel.Manifest, progress, cancellation).ConfigureAwait(false);
        if (!verdict.Passed)
        {
            throw BackupErrors.BackupNotProven(
                $"{local.HostName}/{local.Name}", local.Path, [.. verdict.Findings.Where(finding => finding.IsFailure).Select(finding => finding.ToString())]);
        }
    }

    private async Task<bool> StoreAsync(
        AsterisellBackup local, BackupTarget where, Action<AsterisellBackup> stored, Action<BackupTarget, AsterisellBackup, Exception> failed,
        IOperationProgress? progress, CancellationToken cancellation)
    {
        try
        {
            IBackupTarget target = targets.Open(where);
            await using (target.ConfigureAwait(false))
            {
                stored(await target.StoreAsync(local, progress, cancellation).ConfigureAwait(false));
                return true;
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            failed(where, local, failure);
            return false;
        }
    }

    /// <summary>Every target has this one: the staging folder needs no older ones. One that somebody reads goes the next time.</summary>
    private static void KeepLastOnly(AsterisellBackup local)
    {
        foreach (string folder in Directory.GetDirectories(Path.GetDirectoryName(local.Path)!))
        {
            string name = Path.GetFileName(folder);
            if (SnapshotId.TryParse(name, out _) && string.CompareOrdinal(name, local.SnapshotId) < 0)
            {
                try
                {
                    SnapshotRemoval.Remove(folder, $"{local.HostName}/{local.Name} {name}", CancellationToken.None);
                }
                catch (AsterisellException busy) when (busy.ErrorId == nameof(BackupErrors.BackupInUse))
                {
                }
            }
        }
    }
}
