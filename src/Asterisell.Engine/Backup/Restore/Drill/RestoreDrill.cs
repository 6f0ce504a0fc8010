using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>
/// Proves a backup by restoring it: a throw-away instance is made from the image and the files of the backup, the database is loaded by the very
/// loader of a real restore, rows are compared, and both web applications are asked.
/// </summary>
/// <param name="scratch">Makes the throw-away instance.</param>
/// <param name="clock">Our own clock.</param>
public sealed class RestoreDrill(IScratchInstances scratch, TimeProvider clock)
{
    private static readonly TimeSpan WebLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Tests one backup, to the level of content first, and keeps verdict and evidence beside it.</summary>
    /// <param name="backup">A snapshot in a folder of this machine.</param>
    /// <param name="options">Where.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; the throw-away instance goes, and no verdict is kept.</param>
    /// <exception cref="AsterisellException">The drill could not be done, which says nothing of the backup: no such image, a host that does not answer, a full disk.</exception>
    public async Task<BackupVerdict> TestAsync(AsterisellBackup backup, DrillOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(options);
        using SnapshotUse use = SnapshotUse.Begin(backup);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        BackupVerdict content = await new BackupVerifier(clock).TestAsync(backup, BackupTestLevel.Content, progress, cancellation).ConfigureAwait(false);
        if (!content.Passed)
        {
            return content with { Level = BackupTestLevel.Restore };
        }

        ManifestReading reading = await ManifestFile.ReadAsync(backup.Path, cancellation).ConfigureAwait(false);
        SnapshotSource source = await SnapshotSource.OpenAsync(backup.ToString(), backup.Path, cancellation).ConfigureAwait(false);
        DrillRun run = new(source);
        await RunAsync(run, options, progress, cancellation).ConfigureAwait(false);
        BackupVerdict verdict = content with
        {
            Level = BackupTestLevel.Restore,
            Passed = run.Findings.FailureCount == 0,
            TestedAt = begin,
            Duration = Stopwatch.GetElapsedTime(started),
            Findings = [.. run.Findings.ToList(), .. content.Findings],
        };
        await DrillStore.KeepAsync(verdict, reading.Sha256, run.Describe(verdict, reading.Sha256, options), cancellation).ConfigureAwait(false);
        return verdict;
    }

    private async Task RunAsync(DrillRun run, DrillOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        SnapshotManifest manifest = run.Source.Manifest;
        string? admin = await ReadAsync(run.Source, $"{run.Source.AdminDirectory}/config/databases.yml", cancellation).ConfigureAwait(false);
        if (admin is null)
        {
            run.Findings.Fail(SnapshotLayout.FilesFolder, "config/databases.yml is missing, so nothing can be reached with this backup");
            return;
        }

        ScratchRequest request = new(
            options.Instance, options.Host,
            options.ImageName is { } own ? [own] : [manifest.Instance.ImageId, manifest.Instance.Image],
            admin, await ReadAsync(run.Source, $"{run.Source.UserDirectory}/config/databases.yml", cancellation).ConfigureAwait(false),
            () => run.Source.OpenFiles(DrillFiles.Rename));
        IScratchInstance made = await run.Log.RunAsync("Container", "making a throw-away container", progress, () => scratch.MakeAsync(request, progress, cancellation))
            .ConfigureAwait(false);
        await using (made.ConfigureAwait(false))
        {
            run.Image = made.Image;
            try
            {
                run.Outcome = await new InstanceRestore(clock).BringAsync(
                    made.Instance, run.Source, $"{manifest.Instance.Host}/{manifest.Instance.Name} {manifest.Snapshot}",
                    new RestoreOptions { Include = RestoreContent.Database | RestoreContent.Uploads }, run.Log, progress, cancellation).ConfigureAwait(false);
                await run.Log.RunAsync("Web", "asking both web applications", progress, () => AskWebAsync(run, made, cancellation)).ConfigureAwait(false);
            }
            catch (AsterisellException failure) when (failure.Kind is ErrorKind.DataMismatch or ErrorKind.CommandFailed or ErrorKind.InvalidInput or ErrorKind.PermissionDenied)
            {
                run.Findings.Fail(SnapshotLayout.DatabaseFolder, $"the restore failed ({failure.ErrorId}): {failure.Reason.TrimEnd('.')}");
            }
        }
    }

    /// <summary>Both pages have to answer, with the restored data and the passwords of the backup.</summary>
    private async Task AskWebAsync(DrillRun run, IScratchInstance made, CancellationToken cancellation)
    {
        await made.GrantAsync(cancellation).ConfigureAwait(false);
        long start = clock.GetTimestamp();
        WebStatus web = await made.Instance.Status.ReadWebAsync(cancellation).ConfigureAwait(false);
        while (!(web.Admin.Answers && web.Customer.Answers) && clock.GetElapsedTime(start) < WebLimit)
        {
            await Task.Delay(PollInterval, clock, cancellation).ConfigureAwait(false);
            web = await made.Instance.Status.ReadWebAsync(cancellation).ConfigureAwait(false);
        }

        run.Web = web;
        run.Application = await ReadVersionAsync(made.Instance, cancellation).ConfigureAwait(false);
        foreach ((string name, WebAnswer answer) in new[] { ("admin", web.Admin), ("customers'", web.Customer) })
        {
            if (!answer.Answers)
            {
                run.Findings.Fail(string.Empty, $"the {name} web application does not answer after the restore: {answer.Remark ?? "no answer"}");
            }
        }
    }

    private static async Task<string?> ReadVersionAsync(IInstance instance, CancellationToken cancellation)
    {
        string path = Capture.BackupSources.VersionFileOf(instance.Definition);
        return await instance.Files.FindAsync(path, cancellation).ConfigureAwait(false) is null
            ? null
            : Encoding.UTF8.GetString(await instance.Files.ReadAsync(path, 4096, cancellation).ConfigureAwait(false)).Trim();
    }

    private static async Task<string?> ReadAsync(SnapshotSource source, string path, CancellationToken cancellation)
    {
        const int Longest = 1024 * 1024;
        FileInfo file = new(SnapshotPath.Combine(source.Folder, StoredName.For(Encoding.UTF8.GetBytes(path[1..]))));
        return file is { Exists: true, LinkTarget: null, Length: <= Longest } ? await File.ReadAllTextAsync(file.FullName, cancellation).ConfigureAwait(false) : null;
    }
}
