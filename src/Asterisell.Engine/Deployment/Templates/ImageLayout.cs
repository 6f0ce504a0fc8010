namespace Asterisell.Engine.Deployment.Templates;

/// <summary>What the templates have to know of the image that an instance runs on; the image says it by its labels.</summary>
internal sealed record ImageLayout
{
    /// <summary>Label of an image whose MariaDB has the TokuDB engine, as the original's: <c>true</c>.</summary>
    public const string TokuDbLabel = "org.asterisell.tokudb";

    /// <summary>True when MariaDB has TokuDB; its options keep any other MariaDB from starting.</summary>
    public bool HasTokuDb { get; init; }

    /// <summary>The layout of an image by its labels.</summary>
    public static ImageLayout FromLabels(IReadOnlyDictionary<string, string> labels) =>
        new() { HasTokuDb = labels.TryGetValue(TokuDbLabel, out string? value) && value == "true" };
}
