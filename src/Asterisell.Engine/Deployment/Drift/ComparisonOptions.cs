namespace Asterisell.Engine.Deployment.Drift;

/// <summary>What is compared, and how.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Checkout; null for the inventory's.</summary>
    public string? Source { get; init; }

    /// <summary>Reads the content of files even where size and time are the same.</summary>
    public bool Checksum { get; init; }

    /// <summary>Compares the application's files.</summary>
    public bool Application { get; init; } = true;

    /// <summary>Compares the configuration's files and the container.</summary>
    public bool Configuration { get; init; } = true;
}
