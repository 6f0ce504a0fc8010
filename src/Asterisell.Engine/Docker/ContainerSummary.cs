namespace Asterisell.Engine.Docker;

/// <summary>A container as the engine lists it.</summary>
/// <param name="Id">Full id.</param>
/// <param name="Name">Name without the leading slash.</param>
/// <param name="Image">Image as it was asked for.</param>
/// <param name="State"><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c> or <c>dead</c>.</param>
/// <param name="Status">The state as Docker words it: <c>Up 3 days (healthy)</c>.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Labels">Labels.</param>
public sealed record ContainerSummary(
    string Id, string Name, string Image, string State, string Status, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Labels);

/// <summary>Which containers to list.</summary>
public sealed record ContainerFilter
{
    /// <summary>Also those that are not running.</summary>
    public bool All { get; init; } = true;

    /// <summary>Only those with all of these labels: <c>key</c> or <c>key=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Only those that use this volume or have something mounted at this path; null for any.</summary>
    public string? Volume { get; init; }
}
