using System.Reflection;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Transfer.OpenPgp;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>
/// Backs up the management directory: inventory, checkout with uncommitted and untracked work, certificates. The same snapshots as those of an
/// instance, by the same code, so that list, test, watch and retention work on them.
/// </summary>
public sealed class RepositoryBackup(TimeProvider clock)
{
    /// <summary>A directory that somebody works in is read again so many times.</summary>
    private const int Attempts = 3;

    private const int Named = 5;

    /// <summary>Makes one snapshot, reads it again, and keeps that verdict beside it.</summary>
    /// <param name="inventory">Inventory whose directory is meant.</param>
    /// <param name="destination">Folder; below it <c>_repository/NAME/SNAPSHOT/</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it; nothing visible is left.</param>
    /// <exception cref="AsterisellException">Why there is no backup.</exception>
    public async Task<AsterisellBackup> MakeAsync(
        AsterisellInventory inventory, string destination, RepositoryOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { Secrets: not null } && (options.Passphrase?.Reveal().Length ?? 0) < RepositoryOptions.ShortestPassphrase)
        {
            throw RepositoryErrors.PassphraseTooShort(RepositoryOptions.ShortestPassphrase);
        }

        InstanceFolder folder = InstanceFolder.Open(destination, RepositoryLayout.AsInstance(options.Name));
        AsterisellBackup backup;
        using (SnapshotLock.Take(folder.Path, folder.Target, clock.GetUtcNow()))
        {
            InstanceFolder.Remove(folder.FindPartialSnapshots());
            backup = await MakeAsync(inventory, RepositorySources.Of(inventory, destination), folder, options, progress, cancellation).ConfigureAwait(false);
        }

        progress?.Report("reading it again");
        BackupVerdict verdict = await new BackupVerifier(clock).TestAsync(backup, BackupTestLevel.Content, progress, cancellation).ConfigureAwait(false);
        return verdict.Passed
            ? backup with { LastTestedAt = verdict.TestedAt, LastTestLevel = verdict.Level, LastTestPassed = true }
            : throw BackupErrors.BackupNotProven(
                folder.Target, backup.Path, [.. verdict.Findings.Where(finding => finding.IsFailure).Select(finding => finding.ToString())]);
    }

    private async Task<AsterisellBackup> MakeAsync(
        AsterisellInventory inventory, RepositorySources sources, InstanceFolder folder, RepositoryOptions options, IOperationProgress? progress,
        CancellationToken cancellation)
    {
        List<string> notes = [];
        RepositoryEarlier earlier = await RepositoryEarlier.FindAsync(folder, notes.Add, cancellation).ConfigureAwait(false);
        for (int attempt = 1; ; attempt++)
        {
            progress?.Report("reading the management directory");
            List<RepositoryItem> items = RepositoryTree.Scan(sources, cancellation);
            (SnapshotId id, DateTimeOffset begin) = await folder.ReserveIdAsync(clock, cancellation).ConfigureAwait(false);
            SnapshotWriter snapshot = SnapshotWriter.Begin(folder, id);
            await using (snapshot.ConfigureAwait(false))
            {
                snapshot.Sources.Count([.. sources.Roots]);
                RepositoryCopy copy = new(snapshot, earlier);
                await copy.CopyAsync(items, progress, cancellation).ConfigureAwait(false);
                IReadOnlyList<string> changed = RepositoryTree.Compare(items, RepositoryTree.Scan(sources, cancellation));
                if (changed.Count > 0 && attempt < Attempts)
                {
                    continue;
                }

                List<string> all = [.. notes, .. Describe(sources, items, changed), .. await copy.CheckGitAsync(items, cancellation).ConfigureAwait(false)];
                await AddSecretsAsync(snapshot, options, cancellation).ConfigureAwait(false);
                return await CommitAsync(snapshot, inventory, sources, folder, options, begin, all, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<string> Describe(RepositorySources sources, List<RepositoryItem> items, IReadOnlyList<string> changed)
    {
        if (changed.Count > 0)
        {
            yield return $"Changed while it was read, {Attempts} times in a row: {List(changed)}.";
        }

        string[] secret = [.. items.Where(item => item.Kind == SnapshotEntryKind.File && SecretFileName.IsTelling(item.Path)).Select(item => item.Path)];
        if (secret.Length > 0)
        {
            yield return $"Holds passwords or keys in clear, as they stand in the directory: {List(secret)}.";
        }

        if (sources.HasLiteral)
        {
            yield return "Holds passwords in clear that stand in the inventory itself.";
        }
    }

    private static string List(IReadOnlyList<string> paths) =>
        string.Join(", ", paths.Take(Named)) + (paths.Count > Named ? $" and {paths.Count - Named} more" : string.Empty);

    private static async Task AddSecretsAsync(SnapshotWriter snapshot, RepositoryOptions options, CancellationToken cancellation)
    {
        if (options is { Secrets: { } secrets, Passphrase: { } passphrase })
        {
            using MemoryStream file = new();
            OpenPgpWriter message = OpenPgpWriter.Begin(file, passphrase);
            await using (message.ConfigureAwait(false))
            {
                await message.WriteAsync(secrets, cancellation).ConfigureAwait(false);
                message.Complete();
            }

            await snapshot.AddFileAsync(RepositoryLayout.Secrets, file.ToArray(), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<AsterisellBackup> CommitAsync(
        SnapshotWriter snapshot, AsterisellInventory inventory, RepositorySources sources, InstanceFolder folder, RepositoryOptions options,
        DateTimeOffset begin, IReadOnlyList<string> notes, CancellationToken cancellation)
    {
        ManifestListing listing = await snapshot.CompleteListingAsync(cancellation).ConfigureAwait(false);
        SnapshotManifest manifest = new()
        {
            Format = SnapshotManifest.FormatName,
            FormatVersion = SnapshotManifest.CurrentVersion,
            Snapshot = snapshot.Id.ToString(),
            StartedAt = begin,
            FinishedAt = clock.GetUtcNow(),
            Instance = new ManifestInstance
            {
                Name = folder.Name,
                Host = folder.HostName,
                Container = string.Empty,
                ContainerId = string.Empty,
                Image = string.Empty,
                ImageId = string.Empty,
            },
            Versions = new ManifestVersions
            {
                Module = typeof(RepositoryBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                DatabaseServer = string.Empty,
                DumpProgram = string.Empty,
            },
            Database = ManifestRepository.NoDatabase,
            Repository = new ManifestRepository
            {
                Machine = Environment.MachineName,
                Inventory = inventory.Path,
                Encryption = options.Secrets is null ? null : "OpenPGP, AES-256, with a passphrase",
            },
            Sources =
            [
                .. sources.Roots.Select(root => new ManifestSource
                {
                    Path = root, Present = true, Files = snapshot.Sources.Of(root).Files, SizeBytes = snapshot.Sources.Of(root).Bytes,
                }),
            ],
            Listing = listing,
            Stages = [new ManifestStage { Name = "Files", StartedAt = begin, Seconds = (clock.GetUtcNow() - begin).TotalSeconds }],
            Notes = notes,
            LeftOut =
            [
                .. sources.SecretFiles.Select(file => $"{file}: a password that the inventory refers to"),
                .. options.Secrets is null ? ["all passwords that the inventory refers to: Backup-AsterisellRepository -IncludeSecret"] : Array.Empty<string>(),
                "passwords that are asked for each time", "backups that lie in the directory itself",
            ],
        };
        long manifestBytes = await snapshot.CommitAsync(manifest, cancellation).ConfigureAwait(false);
        return BackupDescription.Of(manifest, folder.HostName, folder.Name, snapshot.FinalPath, manifestBytes);
    }
}
