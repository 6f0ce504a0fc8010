namespace Asterisell;

/// <summary>One thing that is wrong with the backups of one instance in one place. An instance with several has several of them.</summary>
public sealed record StaleBackup : IInstanceObject
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string HostName { get; init; }

    /// <summary>What sort of thing is wrong.</summary>
    public required StaleReason Reason { get; init; }

    /// <summary>The same in a sentence, with figures and limits.</summary>
    public required string Message { get; init; }

    /// <summary>Target of the inventory that was looked into; null where a folder was named instead, or the inventory names none.</summary>
    public string? Target { get; init; }

    /// <summary>Its folder or address; null where the inventory names none.</summary>
    public string? Destination { get; init; }

    /// <summary>The backup that it is about; null where there is none.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Folder or address of that backup; null where there is none.</summary>
    public string? Path { get; init; }

    /// <summary>UTC time of that backup; null where there is none.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>UTC time of the newest backup that is proven; null where none is.</summary>
    public DateTimeOffset? LastProvenAt { get; init; }

    /// <summary><c>host/name: message</c>.</summary>
    public override string ToString() => $"{HostName}/{Name}: {Message}";
}
