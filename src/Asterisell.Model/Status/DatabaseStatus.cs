namespace Asterisell;

/// <summary>MariaDB of an instance.</summary>
public sealed record DatabaseStatus
{
    /// <summary>True when the application's own user could log in.</summary>
    public required bool IsReachable { get; init; }

    /// <summary>Version as the server says it; null when not reachable.</summary>
    public string? Version { get; init; }

    /// <summary>Schema of the application.</summary>
    public string? Name { get; init; }

    /// <summary>Data and indexes of the schema in bytes, as the server estimates them.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Rows of <c>ar_cdr</c>, rated call records; an estimate unless <see cref="CountsAreExact"/>.</summary>
    public long? CallRecords { get; init; }

    /// <summary>Rows of <c>ar_source_cdr</c>, call records as they were imported; an estimate unless <see cref="CountsAreExact"/>.</summary>
    public long? SourceCallRecords { get; init; }

    /// <summary>True when rows were counted; false for the server's estimate, which costs nothing and can be far off.</summary>
    public bool CountsAreExact { get; init; }
}
