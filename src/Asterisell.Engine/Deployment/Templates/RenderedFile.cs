namespace Asterisell.Engine.Deployment.Templates;

/// <summary>A file of an instance as its settings want it.</summary>
/// <param name="Path">Full path in the container.</param>
/// <param name="Content">The whole file.</param>
internal sealed record RenderedFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>Unix user that owns it.</summary>
    public string Owner { get; init; } = "root";

    /// <summary>Unix group.</summary>
    public string Group { get; init; } = "root";

    /// <summary>Mode.</summary>
    public UnixFileMode Mode { get; init; } = FileModes.Everybody;

    /// <summary>True when it holds a password, the hash of one, or a private key: it is shown to nobody, not even as a difference.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What has to be done after it was written.</summary>
    public DriftEffect Effect { get; init; }
}
