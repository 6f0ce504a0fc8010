using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>A snapshot as one tar: <c>HOST/INSTANCE/SNAPSHOT/…</c>, manifest, checksum and listing first, so that it unpacks to what it was.</summary>
internal static class SnapshotArchive
{
    private const int BufferSize = 256 * 1024;

    private static readonly string[] Own = [SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum, SnapshotLayout.Listing];

    /// <summary>Writes one.</summary>
    /// <param name="backup">A whole snapshot.</param>
    /// <param name="output">Where to.</param>
    /// <param name="onBytes">Told bytes of content written more.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">A file is not as its listing says.</exception>
    public static async Task WriteAsync(AsterisellBackup backup, Stream output, Action<long> onBytes, CancellationToken cancellation)
    {
        string root = $"{backup.HostName}/{backup.Name}/{backup.SnapshotId}/";
        byte[] buffer = new byte[BufferSize];
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (string name in Own)
        {
            await WriteFileAsync(name, new FileInfo(Path.Combine(backup.Path, name)).Length).ConfigureAwait(false);
        }

        FileStream listing = File.OpenRead(Path.Combine(backup.Path, SnapshotLayout.Listing));
        await using (listing.ConfigureAwait(false))
        {
            await foreach (SnapshotEntry entry in FileListing.ReadAsync(listing, cancellation).ConfigureAwait(false))
            {
                if (entry.Kind == SnapshotEntryKind.File)
                {
                    await WriteFileAsync(entry.Path, entry.Size).ConfigureAwait(false);
                }
                else if (entry.Kind == SnapshotEntryKind.Directory)
                {
                    await WriteFolderAsync(entry.Path).ConfigureAwait(false);
                }
            }
        }

        await output.WriteAsync(TarEntries.End, cancellation).ConfigureAwait(false);

        // For whoever unpacks it with tar: folders that are the owner's alone, as in a backup.
        async Task WriteFolderAsync(string path)
        {
            for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                await WriteOneAsync(path[..slash]).ConfigureAwait(false);
            }

            await WriteOneAsync(path).ConfigureAwait(false);

            async Task WriteOneAsync(string folder)
            {
                if (folders.Add(folder))
                {
                    await output.WriteAsync(TarEntries.Head(Entry(folder + "/", (byte)'5', 0, 0x1C0)), cancellation).ConfigureAwait(false);
                }
            }
        }

        async Task WriteFileAsync(string path, long size)
        {
            if (path.LastIndexOf('/') is > 0 and int end)
            {
                await WriteFolderAsync(path[..end]).ConfigureAwait(false);
            }

            await output.WriteAsync(TarEntries.Head(Entry(path, (byte)'0', size, 0x180)), cancellation).ConfigureAwait(false);
            FileStream file = new(SnapshotPath.Combine(backup.Path, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                long left = size;
                while (left > 0)
                {
                    int read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation).ConfigureAwait(false);
                    left -= read > 0 ? read : throw new InvalidDataException($"{path} is shorter than its listing says");
                    await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    onBytes(read);
                }
            }

            await output.WriteAsync(new byte[TarEntries.Padding(size)], cancellation).ConfigureAwait(false);
        }

        NewTarEntry Entry(string path, byte type, long size, int mode) => new()
        {
            Name = Encoding.UTF8.GetBytes(root + path), Type = type, Size = size, Mode = mode, ModifiedAt = backup.CreatedAt,
        };
    }

    /// <summary>Unpacks one; nothing in it can choose a place outside of the folder.</summary>
    /// <param name="input">The tar.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="target">What it is for, as messages name it.</param>
    /// <param name="onBytes">Told bytes of content read more.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Folder of the snapshot.</returns>
    /// <exception cref="InvalidDataException">It is no sound or no honest archive; the message says why.</exception>
    public static async Task<string> UnpackAsync(Stream input, string folder, string target, Action<long> onBytes, CancellationToken cancellation)
    {
        TarReader reader = new(input);
        byte[] buffer = new byte[BufferSize];
        string? root = null;
        while (await reader.NextAsync(cancellation).ConfigureAwait(false) is { } entry)
        {
            string name = NameOf(entry);
            root ??= RootOf(name);
            string path = SnapshotPath.Combine(folder, name.StartsWith(root, StringComparison.Ordinal) ? name : throw Foreign(name));
            try
            {
                if (entry.Kind == TarEntryKind.Directory)
                {
                    PrivateFiles.CreateFolder(path);
                    continue;
                }

                PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
                FileStream file = PrivateFiles.Create(path, FileMode.CreateNew);
                await using (file.ConfigureAwait(false))
                {
                    int read;
                    while ((read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                    {
                        file.Write(buffer.AsSpan(0, read));
                        onBytes(read);
                    }
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw BackupErrors.ForTarget(target, path, failure);
            }
        }

        return root is null ? throw new InvalidDataException("it is empty") : SnapshotPath.Combine(folder, root.TrimEnd('/'));
    }

    private static string NameOf(TarEntry entry)
    {
        (string name, string? bytes) = StoredName.ToText(entry.Name.AsSpan().TrimEnd((byte)'/'));
        return bytes is null && SnapshotPath.IsSafe(name) && entry.Kind is TarEntryKind.File or TarEntryKind.Directory ? name : throw Foreign(name);
    }

    /// <summary><c>HOST/INSTANCE/SNAPSHOT/</c> of the first entry, to which all others must belong.</summary>
    private static string RootOf(string name) =>
        name.Split('/') is [var host, var instance, var snapshot, _, ..]
        && SnapshotPath.IsSafeFolderName(host) && SnapshotPath.IsSafeFolderName(instance) && SnapshotId.TryParse(snapshot, out _)
            ? $"{host}/{instance}/{snapshot}/"
            : throw Foreign(name);

    private static InvalidDataException Foreign(string name) => new($"it has an entry that no snapshot has: '{name}'");
}
