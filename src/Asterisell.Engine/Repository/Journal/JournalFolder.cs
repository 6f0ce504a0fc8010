using System.Security.Cryptography;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>Files of git's private folder for this module: for the owner alone, and on the disk before they are relied on.</summary>
internal static class JournalFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder that only the owner may look into; changed files may hold passwords.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Copies a file, byte by byte, onto the disk.</summary>
    /// <returns>SHA-256 of what was copied.</returns>
    public static async Task<string> CopyAsync(string from, string to, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream source = new(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using FileStream target = OpenNew(to);
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Writes a small file under a name that shows only when all of it is on the disk.</summary>
    public static async Task WriteAsync(string path, byte[] content, CancellationToken cancellation)
    {
        string beside = path + ".new";
        using (FileStream file = OpenNew(beside))
        {
            await file.WriteAsync(content, cancellation).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>SHA-256 of a file; null where there is none.</summary>
    public static async Task<string?> HashAsync(string path, CancellationToken cancellation)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.LinkTarget is not null)
        {
            return null;
        }

        using FileStream stream = file.OpenRead();
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
    }

    private static FileStream OpenNew(string path)
    {
        FileStreamOptions options = new() { Access = FileAccess.Write, Mode = FileMode.Create, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
