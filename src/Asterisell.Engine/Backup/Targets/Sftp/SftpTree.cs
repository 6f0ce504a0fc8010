using System.Collections.Concurrent;

namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>Folders of a server: made, walked, removed, with many requests under way.</summary>
internal sealed class SftpTree(SftpClient client)
{
    /// <summary>Files and folders worked on at the same time.</summary>
    public const int UnderWay = 24;

    private readonly ConcurrentDictionary<string, Lazy<Task>> _made = new(StringComparer.Ordinal);

    /// <summary>Makes a folder and what is missing above it, up to a folder that is there.</summary>
    public Task MakeAsync(string folder, CancellationToken cancellation) =>
        _made.GetOrAdd(folder, path => new Lazy<Task>(() => MakeOneAsync(path, cancellation))).Value;

    /// <summary>Every file below a folder, by path relative to it; nothing where the folder is not there.</summary>
    public async Task WalkAsync(string folder, Action<string, SftpEntry> file, CancellationToken cancellation)
    {
        List<string> level = [string.Empty];
        while (level.Count > 0)
        {
            ConcurrentBag<(string Path, SftpEntry Entry)> found = [];
            await ForEachAsync(
                level,
                async (below, token) =>
                {
                    foreach (SftpEntry entry in await client.ListAsync(below.Length == 0 ? folder : $"{folder}/{below}", token).ConfigureAwait(false))
                    {
                        found.Add((below.Length == 0 ? entry.Name : $"{below}/{entry.Name}", entry));
                    }
                },
                cancellation).ConfigureAwait(false);
            foreach ((string path, SftpEntry entry) in found.Where(one => !one.Entry.IsFolder))
            {
                file(path, entry);
            }

            level = [.. found.Where(one => one.Entry.IsFolder).Select(one => one.Path)];
        }
    }

    /// <summary>Removes a folder with all that is in it; links are removed, not followed.</summary>
    public async Task RemoveAsync(string folder, CancellationToken cancellation)
    {
        IReadOnlyList<SftpEntry> entries = await client.ListAsync(folder, cancellation).ConfigureAwait(false);
        await ForEachAsync(
            entries.Where(entry => !entry.IsFolder),
            (entry, token) => client.RemoveAsync($"{folder}/{entry.Name}", token),
            cancellation).ConfigureAwait(false);
        foreach (SftpEntry below in entries.Where(entry => entry.IsFolder))
        {
            await RemoveAsync($"{folder}/{below.Name}", cancellation).ConfigureAwait(false);
        }

        await client.RemoveFolderAsync(folder, cancellation).ConfigureAwait(false);
    }

    /// <summary>Does something for each, several at a time; the first failure ends it.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> body, CancellationToken cancellation) =>
        Parallel.ForEachAsync(items, Options(cancellation), async (item, token) => await body(item, token).ConfigureAwait(false));

    /// <summary>The same for what comes bit by bit.</summary>
    public static Task ForEachAsync<T>(IAsyncEnumerable<T> items, Func<T, CancellationToken, Task> body, CancellationToken cancellation) =>
        Parallel.ForEachAsync(items, Options(cancellation), async (item, token) => await body(item, token).ConfigureAwait(false));

    private static ParallelOptions Options(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = UnderWay, CancellationToken = cancellation };

    private async Task MakeOneAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            await client.MakeFolderAsync(folder, cancellation).ConfigureAwait(false);
        }
        catch (SftpException missing) when (missing.Status == SftpStatus.NoSuchFile && folder.LastIndexOf('/') > 0)
        {
            await MakeAsync(folder[..folder.LastIndexOf('/')], cancellation).ConfigureAwait(false);
            await client.MakeFolderAsync(folder, cancellation).ConfigureAwait(false);
        }
    }
}
