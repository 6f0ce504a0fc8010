namespace Asterisell.Engine.Instances;

/// <summary>Files inside an instance. Paths are absolute; names may hold any byte but NUL.</summary>
public interface IInstanceFiles
{
    /// <summary>One path; null when there is nothing. Links are not followed.</summary>
    Task<InstanceFile?> FindAsync(string path, CancellationToken cancellation);

    /// <summary>What is below a directory, the directory itself left out.</summary>
    IAsyncEnumerable<InstanceFile> ListAsync(string directory, bool recurse, CancellationToken cancellation);

    /// <summary>A whole small file; an error when larger than <paramref name="limitBytes"/>.</summary>
    Task<byte[]> ReadAsync(string path, int limitBytes, CancellationToken cancellation);

    /// <summary>Writes a file atomically: a temporary name beside it, fsync, owner and mode, rename.</summary>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileOwnership ownership, CancellationToken cancellation);

    /// <summary>A tar of a path, read as it arrives.</summary>
    Task<Stream> OpenTarAsync(string path, CancellationToken cancellation);

    /// <summary>Unpacks a tar into a directory.</summary>
    Task ExtractTarAsync(string directory, Stream tar, CancellationToken cancellation);
}

/// <summary>Something in a file system.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SizeBytes">Size of a file; 0 for others.</param>
/// <param name="Mode">Permission bits, for example 0x1A4 = octal 0644.</param>
/// <param name="Owner">User name, or number where it has none.</param>
/// <param name="Group">Group name, or number where it has none.</param>
/// <param name="ModifiedAt">UTC.</param>
/// <param name="LinkTarget">Target of a symbolic link; null for others.</param>
public sealed record InstanceFile(
    string Path, InstanceFileKind Kind, long SizeBytes, int Mode, string Owner, string Group, DateTimeOffset ModifiedAt, string? LinkTarget);

/// <summary>What a file system entry is.</summary>
public enum InstanceFileKind
{
    /// <summary>Regular file.</summary>
    File,

    /// <summary>Directory.</summary>
    Directory,

    /// <summary>Symbolic link.</summary>
    SymbolicLink,

    /// <summary>Socket, pipe or device.</summary>
    Other,
}

/// <summary>Owner and permission bits of a file to be written.</summary>
/// <param name="Owner">User name.</param>
/// <param name="Group">Group name.</param>
/// <param name="Mode">Permission bits.</param>
public sealed record FileOwnership(string Owner, string Group, int Mode);
