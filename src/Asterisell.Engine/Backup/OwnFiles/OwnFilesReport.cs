namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>The application's own backups, judged by their files: a part of the manifest.</summary>
internal sealed record OwnFilesReport
{
    /// <summary>The container's clock, UTC.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary>One for each of the four jobs.</summary>
    public required IReadOnlyList<OwnJobReport> Jobs { get; init; }

    /// <summary>Points of the undo history of organizations, which is in the database and in none of these files; null when unknown.</summary>
    public long? UndoPoints { get; init; }

    /// <summary>Those among them that hold nothing.</summary>
    public long? EmptyUndoPoints { get; init; }

    /// <summary>Why the application's own backups could not be trusted in a restore by <c>data restore</c>; empty when they could.</summary>
    public required IReadOnlyList<string> Findings { get; init; }
}

/// <summary>One job's files.</summary>
internal sealed record OwnJobReport
{
    /// <summary>Class of the job.</summary>
    public required string Job { get; init; }

    /// <summary>Last attempt, UTC; null when never, or after all jobs were forced.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When its newest file was written, UTC; null where there is none.</summary>
    public DateTimeOffset? NewestFileAt { get; init; }

    /// <summary>Files.</summary>
    public required int Files { get; init; }

    /// <summary>Their bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Days that wait for their file to be made again.</summary>
    public required int WaitingDays { get; init; }

    /// <summary>The first of those, <c>yyyy-MM-dd</c>; null where there is none.</summary>
    public string? OldestWaitingDay { get; init; }

    /// <summary>Days with calls whose file is missing or empty, though they wait for none.</summary>
    public required int MissingDays { get; init; }

    /// <summary>Days whose calls were counted in the file and compared with the database.</summary>
    public required int ComparedDays { get; init; }

    /// <summary>Those among them with another number of calls than the database.</summary>
    public required int DifferingDays { get; init; }
}
