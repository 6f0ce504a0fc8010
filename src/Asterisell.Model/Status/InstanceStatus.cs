namespace Asterisell;

/// <summary>
/// How one instance is, read in one go. A part that could not be read is null (or empty) and stands in <see cref="Unread"/> with the reason.
/// All times are UTC, whatever clock wrote them in the instance.
/// </summary>
public sealed record InstanceStatus : IInstanceObject
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string HostName { get; init; }

    /// <summary>When it was read, by our own clock.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>All of it in one word.</summary>
    public InstanceCondition Condition { get; init; }

    /// <summary>What keeps <see cref="Condition"/> from being healthy, the worst first; empty when nothing does.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The Docker container; never null.</summary>
    public required ContainerStatus Container { get; init; }

    /// <summary>Programs under supervisord; empty while the container does not run.</summary>
    public IReadOnlyList<ServiceStatus> Services { get; init; } = [];

    /// <summary>MariaDB and its amount of data.</summary>
    public DatabaseStatus? Database { get; init; }

    /// <summary>The two web applications, asked inside the container.</summary>
    public WebStatus? Web { get; init; }

    /// <summary>Cron lock, web lock and job lock.</summary>
    public LockStatus? Locks { get; init; }

    /// <summary>Job passes.</summary>
    public JobStatus? Jobs { get; init; }

    /// <summary>The way of call detail records through the instance.</summary>
    public CallFlowStatus? Calls { get; init; }

    /// <summary>What the instance reports about itself.</summary>
    public ProblemStatus? Problems { get; init; }

    /// <summary>Memory against its limits and settings.</summary>
    public MemoryStatus? Memory { get; init; }

    /// <summary>File system of <c>/var</c>, which holds database, application and backups.</summary>
    public DiskStatus? Disk { get; init; }

    /// <summary>Logs that nothing rotates.</summary>
    public LogStatus? Logs { get; init; }

    /// <summary>True when an update of packages was cut off with its container and has not been undone yet.</summary>
    public bool PackageUpdateCutOff { get; init; }

    /// <summary>Version and upgrade jobs.</summary>
    public VersionStatus? Application { get; init; }

    /// <summary>The application's own daily backups.</summary>
    public OwnBackupStatus? OwnBackups { get; init; }

    /// <summary>Clock and time zone.</summary>
    public ClockStatus? Clock { get; init; }

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<UnreadPart> Unread { get; init; } = [];
}

/// <summary>An instance in one word.</summary>
public enum InstanceCondition
{
    /// <summary>It runs, but too little of it could be read to say more.</summary>
    Unknown,

    /// <summary>Works, and nothing is out of the ordinary.</summary>
    Healthy,

    /// <summary>Works, but something wants attention: see <see cref="InstanceStatus.Remarks"/>.</summary>
    Degraded,

    /// <summary>Does not do its work: database, web or job processing is down.</summary>
    Failed,

    /// <summary>The container exists and does not run.</summary>
    Stopped,

    /// <summary>There is no such container.</summary>
    Missing,
}

/// <summary>A part of a status that could not be read.</summary>
/// <param name="Part">Property of <see cref="InstanceStatus"/>, with a dot and a property of it where only that is missing.</param>
/// <param name="ErrorId">Stable id of the error.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record UnreadPart(string Part, string ErrorId, string Reason);
