namespace Asterisell.Engine.Deployment.Release;

/// <summary>Something that was brought into an instance.</summary>
/// <param name="Path">Below the application's folder; the full path of a configuration file.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Kind">What it is.</param>
internal sealed record DeployedEntry(string Path, DeployedOrigin Origin, TreeEntryKind Kind)
{
    /// <summary>Bytes of a file as it was brought; 0 for others.</summary>
    public long SizeBytes { get; init; }

    /// <summary>SHA-256 of a release's file, or of what its link holds, in lower case hexadecimal; empty for others.</summary>
    public string Sha256 { get; init; } = "";
}

/// <summary>Where a file of an instance came from.</summary>
internal enum DeployedOrigin
{
    /// <summary>The checkout.</summary>
    Release,

    /// <summary>The application itself, when it was installed or activated.</summary>
    Application,

    /// <summary>The inventory.</summary>
    Configuration,
}
