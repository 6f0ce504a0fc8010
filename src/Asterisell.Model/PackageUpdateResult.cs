namespace Asterisell;

/// <summary>How the update of an instance's packages ended.</summary>
/// <inheritdoc cref="OperationResult"/>
public sealed record PackageUpdateResult(
    string Name, string HostName, string Operation, OperationStatus Status,
    DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Packages whose version differs from before, as the package manager's own lists before and after tell; empty after an undo.</summary>
    public IReadOnlyList<PackageChange> Changes { get; init; } = [];

    /// <summary>What was to be updated.</summary>
    public IReadOnlyList<PackageChange> Planned { get; init; } = [];

    /// <summary>Services that were restarted because they ran with files that the update had replaced.</summary>
    public IReadOnlyList<string> RestartedServices { get; init; } = [];

    /// <summary>True when the whole container was restarted, because process 1 itself ran with replaced files.</summary>
    public bool ContainerRestarted { get; init; }

    /// <summary>True when the update was undone because it failed or the instance was not healthy afterwards.</summary>
    public bool IsUndone { get; init; }
}

/// <summary>A package whose version changes.</summary>
/// <param name="Package">Name.</param>
/// <param name="Architecture">As the package manager names it.</param>
/// <param name="From">Version before; null where it was not there.</param>
/// <param name="To">Version afterwards; null where it is gone.</param>
/// <param name="IsSecurity">Whether it mends security; null where nobody tells.</param>
public sealed record PackageChange(string Package, string Architecture, string? From, string? To, bool? IsSecurity)
{
    /// <summary>Package and versions.</summary>
    public override string ToString() => (From, To) switch
    {
        (null, _) => $"{Package} (new) {To}",
        (_, null) => $"{Package} {From} (gone)",
        _ => $"{Package} {From} -> {To}",
    };
}
