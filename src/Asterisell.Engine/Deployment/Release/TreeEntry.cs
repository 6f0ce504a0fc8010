namespace Asterisell.Engine.Deployment.Release;

/// <summary>A file, folder or link of the application as the checkout has it.</summary>
/// <param name="Path">Path below the application's folder, with slashes. May hold anything that a file name can.</param>
/// <param name="Kind">What it is.</param>
internal sealed record TreeEntry(string Path, TreeEntryKind Kind)
{
    /// <summary>Bytes of a file; 0 for others.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Ticks of 100 ns since 1970, UTC.</summary>
    public long ModifiedTicks { get; init; }

    /// <summary>True for a file that its owner may run.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>True for a file that only its owner may read.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Where a link leads, as it is written; null for others.</summary>
    public string? Target { get; init; }
}

/// <summary>What an entry of the application's tree is.</summary>
internal enum TreeEntryKind
{
    /// <summary>Regular file.</summary>
    File,

    /// <summary>Folder.</summary>
    Folder,

    /// <summary>Symbolic link.</summary>
    Link,

    /// <summary>Socket, pipe or device: no release has one, an instance may.</summary>
    Other,
}
