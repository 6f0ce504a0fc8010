using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Containers;

/// <summary>
/// Reads and writes files of a container through Docker alone, so that it works before the container has ever run: everything lies in its
/// place when its services start for the first time.
/// </summary>
internal sealed class ContainerFiles(IDockerEngine engine, string container)
{
    private const int LargestFile = 16 * 1024 * 1024;

    private UnixAccounts? _accounts;

    /// <summary>Users and groups of the container's image.</summary>
    public async Task<UnixAccounts> GetAccountsAsync(CancellationToken cancellation) => _accounts ??= new UnixAccounts(
        await ReadTextAsync("/etc/passwd", cancellation).ConfigureAwait(false), await ReadTextAsync("/etc/group", cancellation).ConfigureAwait(false));

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellation) =>
        await engine.Containers.FindPathAsync(container, path, cancellation).ConfigureAwait(false) is not null;

    /// <summary>A file with its owner and mode; null where there is none, or something else.</summary>
    public async Task<StoredFile?> ReadAsync(string path, CancellationToken cancellation)
    {
        if (await engine.Containers.FindPathAsync(container, path, cancellation).ConfigureAwait(false) is not { IsDirectory: false, LinkTarget: null, SizeBytes: <= LargestFile })
        {
            return null;
        }

        Stream archive = await engine.GetArchiveAsync(container, path, cancellation).ConfigureAwait(false);
        await using (archive.ConfigureAwait(false))
        {
            using var tar = new TarReader(archive, leaveOpen: true);
            TarEntry? entry = await tar.GetNextEntryAsync(copyData: true, cancellation).ConfigureAwait(false);
            if (entry is null)
            {
                return null;
            }

            using var content = new MemoryStream();
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(content, cancellation).ConfigureAwait(false);
            }

            return new StoredFile(content.ToArray(), entry.Uid, entry.Gid, entry.Mode);
        }
    }

    /// <summary>Writes entries, with the folders above them that are missing, as one archive.</summary>
    public async Task WriteAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        UnixAccounts accounts = await GetAccountsAsync(cancellation).ConfigureAwait(false);
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (NewEntry entry in await WithFoldersAsync(entries, cancellation).ConfigureAwait(false))
            {
                await writer.WriteEntryAsync(entry.ToTar(accounts), cancellation).ConfigureAwait(false);
            }
        }

        tar.Position = 0;
        await engine.PutArchiveAsync(container, "/", tar, cancellation).ConfigureAwait(false);
    }

    /// <summary>Docker would make missing folders itself, with an owner and a mode of its own choice.</summary>
    private async Task<IEnumerable<NewEntry>> WithFoldersAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        HashSet<string> given = [.. entries.Where(entry => entry.Content is null).Select(entry => entry.Path)];
        HashSet<string> above = [];
        foreach (NewEntry entry in entries)
        {
            for (string path = Parent(entry.Path); path.Length > 0 && !given.Contains(path) && above.Add(path); path = Parent(path))
            {
            }
        }

        List<NewEntry> missing = [];
        foreach (string path in above)
        {
            if (!await ExistsAsync(path, cancellation).ConfigureAwait(false))
            {
                missing.Add(NewEntry.Folder(path));
            }
        }

        return missing.Concat(entries).OrderBy(entry => entry.Content is not null).ThenBy(entry => entry.Path, StringComparer.Ordinal);
    }

    private async Task<string> ReadTextAsync(string path, CancellationToken cancellation) =>
        await ReadAsync(path, cancellation).ConfigureAwait(false) is { } file ? Encoding.UTF8.GetString(file.Content.Span) : "";

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];
}

/// <summary>A file as it lies in a container.</summary>
internal sealed record StoredFile(ReadOnlyMemory<byte> Content, int UserId, int GroupId, UnixFileMode Mode)
{
    /// <summary>The entry that makes it again.</summary>
    public NewEntry ToEntry(string path) => new(
        path, Content, UserId.ToString(CultureInfo.InvariantCulture), GroupId.ToString(CultureInfo.InvariantCulture), Mode);
}
