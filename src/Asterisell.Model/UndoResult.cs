namespace Asterisell;

/// <summary>How the restore of a former state ended.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Status">Unchanged when the instance had that state already.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record UndoResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Of what.</summary>
    public UndoKind Kind { get; init; }

    /// <summary>Row of the state that was restored.</summary>
    public long Id { get; init; }

    /// <summary>File on this machine with the state before; null where nothing was changed.</summary>
    public string? SavedTo { get; init; }

    /// <summary>Row of the undo history with the state before; null for a rate, which keeps it as its previous version.</summary>
    public long? SavedId { get; init; }

    /// <summary>What the restore changed.</summary>
    public string Changes { get; init; } = "";

    /// <summary>From when calls will be rated again, as the application has it: its own local time. Null where nothing was scheduled.</summary>
    public DateTime? RerateFrom { get; init; }
}
