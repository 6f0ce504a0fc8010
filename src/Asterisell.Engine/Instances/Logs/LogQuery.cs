namespace Asterisell.Engine.Instances.Logs;

/// <summary>Which part of an instance's logs.</summary>
public sealed record LogQuery
{
    /// <summary>Services to read; empty for all. <see cref="LogServices.Names"/> lists the usual ones.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Last lines of each service; null for all that <see cref="Since"/> admits.</summary>
    public int? Tail { get; init; } = 100;

    /// <summary>Only lines written since (UTC); a line without time counts as written with the one before it. Null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Also files that were rotated away, packed ones too.</summary>
    public bool IncludeRotated { get; init; }

    internal bool IsContainerOnly => Services is [LogServices.Container];

    internal bool Wants(string service) => Services.Count == 0 || Services.Contains(service, StringComparer.Ordinal);
}
