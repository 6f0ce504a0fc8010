using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Backup.Sanitize;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>
/// Exports masked data of an instance, or of a backup. Clear data are loaded into a throw-away instance on the Docker host, masked there, and only
/// then read: this machine's disk never holds them, and the original is only read.
/// </summary>
/// <param name="scratch">Makes the throw-away instance.</param>
/// <param name="clock">Our own clock.</param>
public sealed class MaskedExport(IScratchInstances scratch, TimeProvider clock)
{
    private const int LongestCredentials = 1024 * 1024;

    /// <summary>Exports a running instance.</summary>
    /// <param name="instance">Instance; it is only read.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="mask">How it is masked.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it; nothing is left.</param>
    /// <exception cref="AsterisellException">See <see cref="TransferErrors"/>, <see cref="SanitizeErrors"/>, and what a drill throws.</exception>
    public async Task<ExportResult> ExportAsync(
        IInstance instance, ExportOptions options, SanitizeOptions mask, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mask);
        DataExport.RequireFree(options, instance.Definition.ToString());
        ContainerDetail container = await new InstanceRestore(clock).RequireRunningAsync(instance, cancellation).ConfigureAwait(false);
        LiveSource live = await LiveSource.OpenAsync(instance, container, options.JobLimit, cancellation).ConfigureAwait(false);
        await using (live.ConfigureAwait(false))
        {
            await live.PlanMaskAsync(mask, cancellation).ConfigureAwait(false);
            DrillOptions where = new(instance.Definition, instance.Definition.Host, ImageName: null);
            return await ExportAsync(live, () => live.Moment, where, options, mask, progress, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Exports a backup that lies in a folder of this machine.</summary>
    /// <param name="backup">Backup; it is read whole first.</param>
    /// <param name="where">Docker host that masks it.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="mask">How it is masked.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it; nothing is left.</param>
    public async Task<ExportResult> ExportAsync(
        AsterisellBackup backup, DrillOptions where, ExportOptions options, SanitizeOptions mask, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(where);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mask);
        string target = $"{backup.HostName}/{backup.Name}";
        DataExport.RequireFree(options, target);
        using SnapshotUse use = SnapshotUse.Begin(backup);
        await DataExport.RequireSoundAsync(backup, target, clock, progress, cancellation).ConfigureAwait(false);
        SnapshotSource source = await SnapshotSource.OpenAsync(target, backup.Path, cancellation).ConfigureAwait(false);
        return await ExportAsync(source, () => backup.CreatedAt, where, options, mask, progress, cancellation).ConfigureAwait(false);
    }

    private async Task<ExportResult> ExportAsync(
        IRestoreSource source, Func<DateTimeOffset?> moment, DrillOptions where, ExportOptions options, SanitizeOptions mask, IOperationProgress? progress,
        CancellationToken cancellation)
    {
        DateTimeOffset begin = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        using WorkFolder work = WorkFolder.Create(options.Folder, where.Instance.ToString());
        (AsterisellBackup masked, SanitizeSummary summary) = await MaskAsync(source, where, work.Path, options, mask, progress, cancellation).ConfigureAwait(false);
        ExportResult result = await new DataExport(clock).ExportAsync(masked, options with { IsMasked = true }, progress, cancellation).ConfigureAwait(false);
        return result with
        {
            StartedAt = begin,
            Duration = clock.GetElapsedTime(started),
            CreatedAt = moment(),
            Sanitized = summary,
            Message = $"Exported {source.Label} masked into '{result.Path}': {summary}.",
        };
    }

    /// <summary>Makes a snapshot of a masked copy; the copy goes again, whatever happens.</summary>
    private async Task<(AsterisellBackup Masked, SanitizeSummary Summary)> MaskAsync(
        IRestoreSource source, DrillOptions where, string folder, ExportOptions options, SanitizeOptions mask, IOperationProgress? progress,
        CancellationToken cancellation)
    {
        ScratchRequest request = await RequestAsync(source, where, cancellation).ConfigureAwait(false);
        IScratchInstance made = await scratch.MakeAsync(request, progress, cancellation).ConfigureAwait(false);
        await using (made.ConfigureAwait(false))
        {
            RestoreOutcome outcome = await new InstanceRestore(clock).BringAsync(
                made.Instance, source, source.Label, new RestoreOptions { Include = RestoreContent.Database, Sanitize = mask }, new StepLog(), progress,
                cancellation).ConfigureAwait(false);
            BackupOptions backup = new(folder) { JobLimit = options.JobLimit, Sanitized = outcome.Sanitized };
            return (await new InstanceBackup(clock).MakeAsync(made.Instance, backup, progress, cancellation).ConfigureAwait(false), outcome.Sanitized!);
        }
    }

    /// <summary>The throw-away instance has the settings of the original, so that its database behaves alike.</summary>
    private static async Task<ScratchRequest> RequestAsync(IRestoreSource source, DrillOptions where, CancellationToken cancellation)
    {
        ManifestInstance instance = source.Origin;
        string admin = await ReadCredentialsAsync(source, source.AdminDirectory, cancellation).ConfigureAwait(false)
            ?? throw TransferErrors.ExportCredentialsMissing(where.Instance.ToString(), source.Label);
        return new ScratchRequest(
            where.Instance, where.Host, where.ImageName is { } own ? [own] : [instance.ImageId, instance.Image], admin,
            await ReadCredentialsAsync(source, source.UserDirectory, cancellation).ConfigureAwait(false),
            () => source.OpenFiles(entry => entry.Source == "/etc" ? entry.Source : DrillFiles.Rename(entry)));
    }

    private static async Task<string?> ReadCredentialsAsync(IRestoreSource source, string application, CancellationToken cancellation)
    {
        string folder = $"{application}/config";
        string path = $"{folder}/databases.yml";
        Stream tar = source.OpenFiles(entry => entry.Source == folder || entry.Source == path ? entry.Source : null);
        await using (tar.ConfigureAwait(false))
        {
            TarReader reader = new(tar);
            while (await reader.NextAsync(cancellation).ConfigureAwait(false) is { } entry)
            {
                if (entry.Kind == TarEntryKind.File && entry.Size <= LongestCredentials)
                {
                    byte[] content = new byte[entry.Size];
                    int read;
                    for (int at = 0; (read = await reader.ReadAsync(content.AsMemory(at), cancellation).ConfigureAwait(false)) > 0; at += read)
                    {
                    }

                    return Encoding.UTF8.GetString(content);
                }
            }
        }

        return null;
    }
}
