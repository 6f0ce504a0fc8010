using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Inventory;

namespace Asterisell.Engine.Backup;

/// <summary>
/// Lists what a destination holds, from its files alone: it works with every instance stopped, and for hosts and instances that the
/// inventory no longer has.
/// </summary>
public static class BackupCatalog
{
    /// <summary>Every visible snapshot, by host, instance and time.</summary>
    /// <param name="destination">The folder that the backups were made into.</param>
    /// <param name="isWanted">Told host and instance; false leaves that instance out.</param>
    /// <param name="cancellation">Ends the listing.</param>
    /// <exception cref="AsterisellException"><c>BackupDestinationNotFound</c>, <c>BackupTargetDenied</c>.</exception>
    public static async IAsyncEnumerable<AsterisellBackup> ListAsync(
        string destination, Func<string, string, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string root = Path.GetFullPath(destination);
        if (!Directory.Exists(root))
        {
            throw BackupErrors.BackupDestinationNotFound(root);
        }

        foreach (string host in FoldersOf(root))
        {
            foreach (string instance in FoldersOf(Path.Combine(root, host)))
            {
                if (!isWanted(host, instance))
                {
                    continue;
                }

                string folder = Path.Combine(root, host, instance);
                foreach (SnapshotId id in SnapshotsOf(folder))
                {
                    yield return await DescribeAsync(folder, id, host, instance, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Every instance that has a folder in a destination, whatever is in it.</summary>
    /// <param name="destination">The folder that the backups were made into.</param>
    /// <param name="isWanted">Told host and instance; false leaves that instance out.</param>
    /// <exception cref="AsterisellException"><c>BackupDestinationNotFound</c>, <c>BackupTargetDenied</c>.</exception>
    public static IReadOnlyList<(string Host, string Name)> FindInstances(string destination, Func<string, string, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        string root = Path.GetFullPath(destination);
        return Directory.Exists(root)
            ? [
                .. from host in FoldersOf(root)
                   from name in FoldersOf(Path.Combine(root, host))
                   where isWanted(host, name)
                   select (host, name),
            ]
            : throw BackupErrors.BackupDestinationNotFound(root);
    }

    /// <summary>What some patterns name, for <c>ListAsync</c>.</summary>
    /// <param name="names"><c>name</c> or <c>host/name</c>, with wildcards; several may match the same instance.</param>
    /// <param name="hostNames">Patterns of hosts; empty for all.</param>
    public static Func<string, string, bool> Wanted(IReadOnlyList<string> names, IReadOnlyList<string> hostNames)
    {
        NamePattern[] patterns = [.. names.Select(NamePattern.Parse)];
        return (host, name) => (hostNames.Count == 0 || hostNames.Any(wanted => Wildcard.IsMatch(wanted, host)))
            && patterns.Any(pattern => Wildcard.IsMatch(pattern.Name, name) && (pattern.Host is null || Wildcard.IsMatch(pattern.Host, host)));
    }

    /// <summary>The failure that there is no backup of an instance.</summary>
    public static AsterisellException NoBackup(string instance, string destination) => BackupErrors.BackupNotFound(instance, destination);

    /// <summary>The failure that a command was told of no backup.</summary>
    public static AsterisellException NotNamed(string command) => BackupErrors.BackupNotNamed(command);

    /// <summary>The snapshot in a folder <c>…/HOST/INSTANCE/SNAPSHOT</c>.</summary>
    /// <exception cref="AsterisellException"><c>BackupFolderInvalid</c>: it is no such folder.</exception>
    public static Task<AsterisellBackup> DescribeAsync(string path, CancellationToken cancellation)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string instance = Path.GetDirectoryName(full) ?? string.Empty;
        string host = Path.GetDirectoryName(instance) ?? string.Empty;
        return SnapshotId.TryParse(Path.GetFileName(full), out SnapshotId id) && Directory.Exists(full) && Path.GetFileName(host).Length > 0
            ? DescribeAsync(instance, id, Path.GetFileName(host), Path.GetFileName(instance), cancellation)
            : throw BackupErrors.BackupFolderInvalid(full);
    }

    /// <summary>One snapshot, as its own files describe it.</summary>
    internal static async Task<AsterisellBackup> DescribeAsync(
        string folder, SnapshotId id, string host, string instance, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, id.ToString());
        ManifestReading reading = await ManifestFile.ReadAsync(path, cancellation).ConfigureAwait(false);
        if (reading.Manifest is not { } manifest)
        {
            return BackupDescription.OfDamaged(id, host, instance, path, reading.Damage!);
        }

        AsterisellBackup backup = BackupDescription.Of(manifest, host, instance, path, reading.SizeBytes);
        if (ManifestRules.WhyMisplaced(manifest, host, instance, id.ToString()) is { } misplaced)
        {
            return backup with { SnapshotId = id.ToString(), State = BackupState.Damaged, Reason = misplaced.ToString() };
        }

        StoredVerdict? verdict = await VerdictStore.FindAsync(folder, id, reading.Sha256, cancellation).ConfigureAwait(false);
        return verdict is null
            ? backup
            : backup with { LastTestedAt = verdict.TestedAt, LastTestLevel = verdict.Level, LastTestPassed = verdict.Passed };
    }

    /// <summary>Names of folders that can be a host or an instance; others are not ours to look at.</summary>
    private static IEnumerable<string> FoldersOf(string folder) =>
        Folders(folder).Where(SnapshotPath.IsSafeFolderName).Order(StringComparer.Ordinal);

    private static IEnumerable<SnapshotId> SnapshotsOf(string folder)
    {
        foreach (string name in Folders(folder).Order(StringComparer.Ordinal))
        {
            if (SnapshotId.TryParse(name, out SnapshotId id))
            {
                yield return id;
            }
        }
    }

    private static List<string> Folders(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateDirectories().Where(found => found.LinkTarget is null).Select(found => found.Name)];
        }
        catch (UnauthorizedAccessException denied)
        {
            throw BackupErrors.BackupTargetDenied(folder, folder, denied);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
