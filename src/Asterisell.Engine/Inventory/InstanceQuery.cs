namespace Asterisell.Engine.Inventory;

/// <summary>Which instances are asked for. Conditions narrow each other; none of a kind is no condition.</summary>
public sealed record InstanceQuery
{
    /// <summary><c>name</c> or <c>host/name</c>, each with the wildcards <c>*</c>, <c>?</c> and <c>[a-z]</c>. Upper and lower case are the same.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Hosts, with the same wildcards.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Tags, with the same wildcards; an instance needs one of them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// True for an operation that changes instances: inactive ones are left out unless named exactly, and a name that several hosts have
    /// must be given with its host.
    /// </summary>
    public bool ForChange { get; init; }
}
