namespace Asterisell;

/// <summary>A former state of organizations or of a rate, kept by the application in its own database.</summary>
public sealed record AsterisellUndo : IInstanceObject
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string HostName { get; init; }

    /// <summary>Of what.</summary>
    public required UndoKind Kind { get; init; }

    /// <summary>
    /// Row that holds it: of <c>ar_organization_backup_of_changes</c>, or of <c>ar_rate</c>, which keeps one previous version of each rate.
    /// </summary>
    public required long Id { get; init; }

    /// <summary>Whether it could be restored.</summary>
    public required UndoState State { get; init; }

    /// <summary>Why it could not; null when it could.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was saved, with the offset of the instance's own time zone; null for a rate, where the application does not keep it.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>Version of the application that saved it; null for a rate.</summary>
    public string? ApplicationVersion { get; init; }

    /// <summary>Reference name of the rate; null for organizations.</summary>
    public string? Rate { get; init; }

    /// <summary>From when the rate is valid, as the application has it: its own local time. Null for organizations.</summary>
    public DateTime? ValidFrom { get; init; }

    /// <summary>True when it is what the instance has now: restoring it would change nothing.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>
    /// What changed. For organizations: from the state saved before it to this one, by table. For a rate: from the previous version to the one
    /// in force, in lines. Empty where nothing did, or where it is the oldest that is kept.
    /// </summary>
    public string Changes { get; init; } = "";

    /// <summary>
    /// What a restore would change, as a unified diff: lines with <c>-</c> are there now and would go, lines with <c>+</c> would come. Passwords
    /// are masked. Null unless it was asked for.
    /// </summary>
    public string? Diff { get; init; }

    /// <summary>Files that it was written to; empty unless that was asked for.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary><c>host/name Organizations 12</c>.</summary>
    public override string ToString() => $"{HostName}/{Name} {Kind} {Id}";
}
