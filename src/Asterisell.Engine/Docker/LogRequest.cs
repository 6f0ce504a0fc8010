namespace Asterisell.Engine.Docker;

/// <summary>Which part of a container's log.</summary>
public sealed record LogRequest
{
    /// <summary>Go on with what is written from now on.</summary>
    public bool Follow { get; init; }

    /// <summary>Only the last lines; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only what was written since (UTC); null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Put the time of writing (RFC 3339, UTC) before each line.</summary>
    public bool Timestamps { get; init; }
}
