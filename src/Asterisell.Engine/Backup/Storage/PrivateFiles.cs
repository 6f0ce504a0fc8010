namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// Files for the owner alone (0600) in folders for the owner alone (0700): a backup holds password hashes, keys and call records.
/// </summary>
/// <remarks>On Windows the folder's inherited access list applies.</remarks>
internal static class PrivateFiles
{
    /// <summary>rw-------</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>rwx------</summary>
    public const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Creates a folder and what is missing above it; one that exists is left as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            // One by one: given a deep path, the runtime gives the mode to the last folder only.
            if (Path.GetDirectoryName(path) is { Length: > 0 } above)
            {
                CreateFolder(above);
            }

            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Opens a file for writing.</summary>
    public static FileStream Create(string path, System.IO.FileMode mode, FileShare share = FileShare.Read)
    {
        FileStreamOptions options = new()
        {
            Access = FileAccess.Write,
            Mode = mode,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a small file beside its final name, then renames it there, so that a reader sees the old or the new one.</summary>
    public static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        string beside = path + ".new";
        FileStream file = Create(beside, System.IO.FileMode.Create);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellation).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
