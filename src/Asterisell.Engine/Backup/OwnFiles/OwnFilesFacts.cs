using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>What the container and its database say of the application's own backups.</summary>
internal sealed record OwnFilesFacts
{
    /// <summary>The container's clock, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>PHP's clock; null where its time zone is not known here.</summary>
    public InstanceClock? PhpClock { get; init; }

    /// <summary>Dumps by the names of their files.</summary>
    public required IReadOnlyDictionary<string, OwnDump> Dumps { get; init; }

    /// <summary>Files in the folders of the two jobs that write a file a day, by <see cref="OwnJob.Type"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<OwnFile>> Files { get; init; }

    /// <summary>Last attempts by the names of jobs, UTC: the stamp is taken before the work.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> Attempts { get; init; }

    /// <summary>Days that wait for their backup, by the names of the jobs that have run at least once.</summary>
    public required IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> Waiting { get; init; }

    /// <summary>Points of the undo history of organizations; null where they could not be counted.</summary>
    public long? UndoPoints { get; init; }

    /// <summary>Those among them that hold nothing, because the dump failed.</summary>
    public long? EmptyUndoPoints { get; init; }
}

/// <summary>A file in the folder of a job that writes a file a day.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Day">The day of its name; null when it has no such name.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Rows">Calls in it; null where they were not counted.</param>
internal sealed record OwnFile(string Name, DateOnly? Day, long SizeBytes, DateTimeOffset At, long? Rows);
