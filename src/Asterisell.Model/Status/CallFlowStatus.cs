namespace Asterisell;

/// <summary>The way of call detail records through an instance: file, source record, rated record.</summary>
public sealed record CallFlowStatus
{
    /// <summary>Files in <c>data_files/messages/input</c> that wait for import.</summary>
    public int? WaitingFiles { get; init; }

    /// <summary>Age of the oldest of those files; null where none waits.</summary>
    public TimeSpan? OldestWaitingFile { get; init; }

    /// <summary>When the last file was received, UTC; null when none ever was (or calls come another way).</summary>
    public DateTimeOffset? LastFileAt { get; init; }

    /// <summary>Imported files with serious errors, or not wholly imported.</summary>
    public long? FilesWithErrors { get; init; }

    /// <summary>Date of the latest imported call, UTC; calls are dated in the application's time zone.</summary>
    public DateTimeOffset? LastImportedCall { get; init; }

    /// <summary>Date of the latest call that went through rating, UTC.</summary>
    public DateTimeOffset? LastRatedCall { get; init; }

    /// <summary>Calls of the last 70 days that could not be rated; the application looks back as far.</summary>
    public long? UnratedCalls { get; init; }

    /// <summary>True when rating gave up after repeated failures and waits for an administrator.</summary>
    public bool? RatingBlocked { get; init; }

    /// <summary>True when a change of rates or customers waits to be applied to calls already rated.</summary>
    public bool? RerateScheduled { get; init; }
}
