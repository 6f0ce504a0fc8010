using System.Reflection;
using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup;

/// <summary>
/// Backs up one instance into a folder. What becomes visible there is whole and was compared with the instance; a failure or a cancellation
/// leaves nothing, and earlier snapshots are never touched.
/// </summary>
public sealed class InstanceBackup(TimeProvider clock)
{
    /// <summary>Makes one snapshot.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="options">Where.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it, also in the container.</param>
    /// <exception cref="AsterisellException">Why there is no backup: <c>BackupAlreadyRunning</c>, <c>BackupTargetTooSmall</c>, <c>BackupTargetFull</c> and others.</exception>
    public async Task<AsterisellBackup> MakeAsync(
        IInstance instance, BackupOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        if (!container.IsRunning || container.State == "paused")
        {
            throw InstanceErrors.InstanceNotRunning(instance.Definition, container, clock.GetUtcNow());
        }

        InstanceFolder folder = InstanceFolder.Open(options.Destination, instance.Definition);
        using SnapshotLock exclusive = SnapshotLock.Take(folder.Path, folder.Target, clock.GetUtcNow());
        List<string> notes = [];
        EarlierSnapshot? earlier = await EarlierSnapshot.FindAsync(folder, notes.Add, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> partials = await FindPartialsAsync(instance, folder, earlier, cancellation).ConfigureAwait(false);
        try
        {
            (SnapshotId id, DateTimeOffset begin) = await folder.ReserveIdAsync(clock, cancellation).ConfigureAwait(false);
            SnapshotWriter snapshot = SnapshotWriter.Begin(folder, id);
            await using (snapshot.ConfigureAwait(false))
            {
                BackupRun run = new(instance, snapshot, progress, clock) { Earlier = earlier, Partials = partials };
                notes.ForEach(run.Note);
                if (earlier?.Id > id)
                {
                    run.Note($"The clock of this machine went back: the snapshot {earlier.Id} is older than this one and sorts after it.");
                }

                return await MakeAsync(run, options, container, begin, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            InstanceFolder.Remove(partials);
        }
    }

    /// <summary>What is told of an attempt that made nothing.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="destination">Where the backup would have appeared.</param>
    /// <param name="startedAt">UTC.</param>
    /// <param name="duration">Time it took.</param>
    /// <param name="reason">Why.</param>
    public static AsterisellBackup Failed(AsterisellInstance instance, string destination, DateTimeOffset startedAt, TimeSpan duration, string reason)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new AsterisellBackup
        {
            Name = instance.Name,
            HostName = instance.HostName,
            SnapshotId = string.Empty,
            Path = Path.Combine(destination, instance.HostName, instance.Name),
            State = BackupState.Failed,
            Reason = reason,
            CreatedAt = startedAt,
            Duration = duration,
        };
    }

    /// <summary>What is told of a snapshot that a target does not have.</summary>
    /// <param name="local">The snapshot of this machine.</param>
    /// <param name="target">Target without it.</param>
    /// <param name="reason">Why.</param>
    public static AsterisellBackup NotStored(AsterisellBackup local, BackupTarget target, string reason)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(target);
        return local with { Target = target.Name, State = BackupState.Failed, Reason = reason };
    }

    /// <summary>What killed runs left. It goes at once where its room is needed.</summary>
    private static async Task<IReadOnlyList<string>> FindPartialsAsync(
        IInstance instance, InstanceFolder folder, EarlierSnapshot? earlier, CancellationToken cancellation)
    {
        IReadOnlyList<string> partials = folder.FindPartialSnapshots();
        if (await SpaceCheck.FindLackAsync(instance, folder, earlier, cancellation).ConfigureAwait(false) is not { } lack)
        {
            return partials;
        }

        InstanceFolder.Remove(partials);
        if (partials.Count > 0)
        {
            lack = await SpaceCheck.FindLackAsync(instance, folder, earlier, cancellation).ConfigureAwait(false);
        }

        return lack is null ? [] : throw lack;
    }

    private async Task<AsterisellBackup> MakeAsync(
        BackupRun run, BackupOptions options, ContainerDetail container, DateTimeOffset begin, CancellationToken cancellation)
    {
        try
        {
            return await MakeWholeAsync(run, options, container, begin, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw await ExplainAsync(run.Instance, container, failure).ConfigureAwait(false);
        }
    }

    private async Task<AsterisellBackup> MakeWholeAsync(
        BackupRun run, BackupOptions options, ContainerDetail container, DateTimeOffset begin, CancellationToken cancellation)
    {
        if (options.RunApplicationBackup)
        {
            await new OwnFilesCapture(run).MakeAsync(options, cancellation).ConfigureAwait(false);
        }

        if (options.Sanitized is { } masked)
        {
            run.Note($"Masked data of an export, and no backup: {masked}.");
        }

        DateTimeOffset reading = clock.GetUtcNow();
        using FileCapture files = new(run);
        (DatabaseTaken taken, IReadOnlyList<string> present) = await CaptureAsync(run, options, files, cancellation).ConfigureAwait(false);
        OwnFilesReport? ownFiles = null;
        if (options.Sanitized is null)
        {
            ownFiles = await new OwnFilesCapture(run).JudgeAsync(taken.Database, reading, cancellation).ConfigureAwait(false);
            await DefinitionCapture.TakeAsync(run, container, cancellation).ConfigureAwait(false);
        }

        string? version = await ReadVersionAsync(run, cancellation).ConfigureAwait(false);
        ManifestListing listing = await run.Snapshot.CompleteListingAsync(cancellation, files.ListedAt).ConfigureAwait(false);
        AsterisellInstance instance = run.Instance.Definition;
        SnapshotManifest manifest = new()
        {
            Format = SnapshotManifest.FormatName,
            FormatVersion = SnapshotManifest.CurrentVersion,
            Snapshot = run.Snapshot.Id.ToString(),
            StartedAt = begin,
            FinishedAt = clock.GetUtcNow(),
            Instance = ManifestInstance.Of(instance, container),
            Versions = new ManifestVersions
            {
                Module = typeof(InstanceBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Application = version,
                DatabaseServer = taken.Facts.ServerVersion,
                DumpProgram = taken.DumpProgram,
                AppliedUpgradeJobs = taken.Facts.AppliedUpgradeJobs,
                LastUpgradeJob = taken.Facts.LastUpgradeJob,
            },
            Database = taken.Database,
            Sanitized = options.Sanitized,
            Sources = options.Sanitized is null ? files.Describe(present) : [],
            OwnFiles = ownFiles,
            Listing = listing,
            Stages = run.Stages,
            Notes = run.Notes,
            LeftOut = options.Sanitized is null ? BackupSources.LeftOut : BackupSources.LeftOutOfMasked,
        };
        run.Report("making it durable", 0, 0);
        long manifestBytes = await run.Snapshot.CommitAsync(manifest, cancellation).ConfigureAwait(false);
        return BackupDescription.Of(manifest, instance.HostName, instance.Name, run.Snapshot.FinalPath, manifestBytes);
    }

    /// <summary>Files and database, side by side; the failure that came first is told.</summary>
    private static async Task<(DatabaseTaken Database, IReadOnlyList<string> Present)> CaptureAsync(
        BackupRun run, BackupOptions options, FileCapture files, CancellationToken cancellation)
    {
        if (options.Sanitized is not null)
        {
            return (await run.StageAsync(
                "Database", "asking the database", () => new DatabaseCapture(run, options, Task.CompletedTask).TakeAsync(cancellation)).ConfigureAwait(false), []);
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<IReadOnlyList<string>> reading = run.StageAsync("Files", "reading the files", () => files.TakeAsync(stop.Token));
        Task<DatabaseTaken> dumping = run.StageAsync(
            "Database", "asking the database", () => new DatabaseCapture(run, options, files.Read).TakeAsync(stop.Token));
        Task first = await Task.WhenAny(reading, dumping).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(reading, dumping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
        return (await dumping.ConfigureAwait(false), await reading.ConfigureAwait(false));
    }

    /// <summary>From the stored file, which costs no exec.</summary>
    private static async Task<string?> ReadVersionAsync(BackupRun run, CancellationToken cancellation)
    {
        const int Longest = 4096;
        string path = BackupSources.VersionFileOf(run.Instance.Definition);
        if (run.Snapshot.Find(StoredName.For(Encoding.UTF8.GetBytes(path[1..]))) is { } stored)
        {
            return stored.Length <= Longest ? (await File.ReadAllTextAsync(stored.FullName, cancellation).ConfigureAwait(false)).Trim() : null;
        }

        // A link, whose content is stored under another name.
        return await run.Instance.Files.FindAsync(path, cancellation).ConfigureAwait(false) is null
            ? null
            : Encoding.UTF8.GetString(await run.Instance.Files.ReadAsync(path, Longest, cancellation).ConfigureAwait(false)).Trim();
    }

    /// <summary>A container that died makes many sorts of failures; what an operator has to know is that it died.</summary>
    private static async Task<Exception> ExplainAsync(IInstance instance, ContainerDetail before, Exception failure)
    {
        if (failure is AsterisellException { Kind: ErrorKind.ResourceExhausted or ErrorKind.InvalidState or ErrorKind.PermissionDenied })
        {
            return failure;
        }

        try
        {
            // Programs in a container end a moment before the engine knows that the container has.
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5));
            for (int look = 0; look < 5; look++)
            {
                ContainerDetail now = await instance.InspectAsync(limit.Token).ConfigureAwait(false);
                if (!now.IsRunning || now.StartedAt != before.StartedAt || now.Id != before.Id)
                {
                    string state = now.IsRunning ? "it was restarted" : ContainerText.Describe(now, DateTimeOffset.UtcNow);
                    return BackupErrors.BackupContainerStopped(instance.Definition.ToString(), state, failure);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception unknown) when (unknown is AsterisellException or OperationCanceledException)
        {
            // Host or container can't be asked: the first failure tells more.
        }

        return failure is DatabaseException { ErrorId: nameof(DatabaseErrors.DatabaseConnectionLost) } lost
            ? BackupErrors.BackupDatabaseLost(lost.Target, lost.Reason, lost)
            : failure;
    }
}
