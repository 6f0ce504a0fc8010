namespace Asterisell.Engine.Docker;

/// <summary>Something that happened on an engine.</summary>
/// <param name="At">UTC.</param>
/// <param name="Kind"><c>container</c>, <c>image</c>, <c>volume</c>, <c>network</c>, <c>daemon</c>, …</param>
/// <param name="Action"><c>start</c>, <c>die</c>, <c>destroy</c>, <c>exec_die</c>, <c>health_status: healthy</c>, …</param>
/// <param name="Id">What it happened to.</param>
/// <param name="Attributes">More about it, among them the <c>name</c>, the <c>exitCode</c> and the labels of a container.</param>
public sealed record EngineEvent(
    DateTimeOffset At, string Kind, string Action, string Id, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Which events.</summary>
public sealed record EventFilter
{
    /// <summary>From this time on, also past; null for from now on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until this time; null for without end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only of these kinds; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Only of these containers; empty for all.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Only these actions; empty for all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];
}
