using Asterisell.Engine.Instances.Application;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>
/// The application as a checkout has it: what belongs into an instance, in the order of paths (a folder comes before what is in it). Links are
/// kept as links. The same checkout gives the same tree.
/// </summary>
internal sealed class ReleaseTree
{
    private readonly Dictionary<string, TreeEntry> _byPath;
    private readonly ConcurrentDictionary<string, Task<string>> _hashes;

    private ReleaseTree(
        string folder, string? version, IReadOnlyList<string> upgradeJobs, IReadOnlyList<TreeEntry> entries, ConcurrentDictionary<string, Task<string>> hashes)
    {
        (Folder, Version, UpgradeJobs, Entries, _hashes) = (folder, version, upgradeJobs, entries, hashes);
        _byPath = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
    }

    /// <summary>Full path of the checkout.</summary>
    public string Folder { get; }

    /// <summary>Content of its file <c>VERSION</c>; null where it has none.</summary>
    public string? Version { get; }

    /// <summary>Upgrade jobs that the release brings, in its order.</summary>
    public IReadOnlyList<string> UpgradeJobs { get; }

    /// <summary>Everything that belongs into an instance.</summary>
    public IReadOnlyList<TreeEntry> Entries { get; }

    /// <summary>What of a checkout may go into the instance that it was found for. No content is read but <c>VERSION</c> and which upgrade jobs there are.</summary>
    /// <exception cref="AsterisellException"><c>SourceNotReadable</c>, <c>SourceNameUnusable</c>.</exception>
    public static ReleaseTree Read(ApplicationSource source, CancellationToken cancellation) => ReadAll(source.Folder, cancellation).Without(source.Hidden);

    /// <summary>The release of a checkout, with what an inventory in it must keep back.</summary>
    /// <exception cref="AsterisellException"><c>SourceNotReadable</c>, <c>SourceNameUnusable</c>.</exception>
    public static ReleaseTree ReadAll(string folder, CancellationToken cancellation)
    {
        try
        {
            List<TreeEntry> entries = [];
            Add(new DirectoryInfo(folder), "", entries, cancellation);
            entries.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
            string version = Path.Combine(folder, "VERSION");
            return new ReleaseTree(folder, File.Exists(version) ? File.ReadAllText(version).Trim() : null, ReleaseUpgradeJobs.Find(folder), entries, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ReleaseErrors.SourceNotReadable(folder, failure);
        }
    }

    /// <summary>An entry by its path; null where there is none.</summary>
    public TreeEntry? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The tree without some paths: those that an instance's configuration writes.</summary>
    public ReleaseTree Without(IReadOnlySet<string> paths) =>
        new(Folder, Version, UpgradeJobs, [.. Entries.Where(entry => !paths.Contains(entry.Path))], _hashes);

    /// <summary>The tree without what belongs to the operator alone.</summary>
    public ReleaseTree Without(PrivateFiles hidden) =>
        new(Folder, Version, UpgradeJobs, [.. Entries.Where(entry => !hidden.Has(Path.Combine(Folder, entry.Path), entry.IsClosed))], _hashes);

    /// <summary>SHA-256 of a file, or of what a link holds, in lower case hexadecimal; each is read once.</summary>
    /// <exception cref="AsterisellException"><c>SourceNotReadable</c>, <c>SourceChanged</c>.</exception>
    public Task<string> HashAsync(TreeEntry entry, CancellationToken cancellation) => entry.Kind switch
    {
        TreeEntryKind.File => _hashes.AddOrUpdate(
            entry.Path, _ => ReadHashAsync(entry, cancellation), (_, known) => known.IsFaulted || known.IsCanceled ? ReadHashAsync(entry, cancellation) : known),
        TreeEntryKind.Link => Task.FromResult(HashOf(entry.Target ?? "")),
        _ => Task.FromResult(""),
    };

    /// <summary>Opens a file.</summary>
    /// <exception cref="AsterisellException"><c>SourceNotReadable</c>, <c>SourceChanged</c>: it is no longer as it was listed.</exception>
    public FileStream Open(TreeEntry entry)
    {
        string path = Path.Combine(Folder, entry.Path);
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
            if (file.Length == entry.SizeBytes)
            {
                return file;
            }

            file.Dispose();
            throw ReleaseErrors.SourceChanged(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ReleaseErrors.SourceChanged(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ReleaseErrors.SourceNotReadable(path, failure);
        }
    }

    /// <summary>SHA-256 of a text's bytes, in lower case hexadecimal.</summary>
    public static string HashOf(string text) => Hex(SHA256.HashData(ByteText.Encode(text)));

    private async Task<string> ReadHashAsync(TreeEntry entry, CancellationToken cancellation)
    {
        FileStream file = Open(entry);
        await using (file.ConfigureAwait(false))
        {
            return Hex(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
        }
    }

    private static string Hex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();

    private static void Add(DirectoryInfo folder, string above, List<TreeEntry> entries, CancellationToken cancellation)
    {
        foreach (FileSystemInfo found in folder.EnumerateFileSystemInfos())
        {
            cancellation.ThrowIfCancellationRequested();
            string path = above + found.Name;
            if (!ApplicationTree.IsDeployed(path))
            {
                continue;
            }

            if (found.Name.Contains('\uFFFD'))
            {
                throw ReleaseErrors.SourceNameUnusable(folder.FullName, found.Name);
            }

            if (found.LinkTarget is { } target)
            {
                entries.Add(new TreeEntry(path, TreeEntryKind.Link) { Target = target, ModifiedTicks = Ticks(found) });
            }
            else if (found is DirectoryInfo inner)
            {
                entries.Add(new TreeEntry(path, TreeEntryKind.Folder) { ModifiedTicks = Ticks(found) });
                Add(inner, path + "/", entries, cancellation);
            }
            else if (UnixFile.Find(found.FullName) is not { IsRegular: false })
            {
                entries.Add(new TreeEntry(path, TreeEntryKind.File)
                {
                    SizeBytes = ((FileInfo)found).Length, ModifiedTicks = Ticks(found),
                    IsExecutable = Has(found, UnixFileMode.UserExecute), IsClosed = !OperatingSystem.IsWindows() && !Has(found, UnixFileMode.GroupRead | UnixFileMode.OtherRead),
                });
            }
        }
    }

    private static long Ticks(FileSystemInfo found) => found.LastWriteTimeUtc.Ticks - DateTime.UnixEpoch.Ticks;

    private static bool Has(FileSystemInfo file, UnixFileMode any) => !OperatingSystem.IsWindows() && (file.UnixFileMode & any) != 0;
}
