using System.Text.Json.Serialization;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>
/// How far an update is and what was before it. It is written in the instance, and a copy on the operator's machine, before each phase: an
/// update that was killed goes on from it, or is undone.
/// </summary>
internal sealed record UpdateJournal
{
    /// <summary>A word of this update alone; nothing is removed from a folder of the instance that has another one.</summary>
    public required string Id { get; init; }

    /// <summary>Instance, as the inventory names it.</summary>
    public required string Instance { get; init; }

    /// <summary>Who began it: user and machine.</summary>
    public required string Operator { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What is updated.</summary>
    public required UpdateScope Scope { get; init; }

    /// <summary>Folder of the checkout.</summary>
    public required string Source { get; init; }

    /// <summary>Folder for backups.</summary>
    public string? SafetyDestination { get; init; }

    /// <summary>The phase that was begun last.</summary>
    public UpdatePhase Phase { get; init; }

    /// <summary>True while it is being undone: then nothing but that goes on.</summary>
    public bool IsGoingBack { get; init; }

    /// <summary>Version before.</summary>
    public string? FromVersion { get; init; }

    /// <summary>Version of the checkout.</summary>
    public string? ToVersion { get; init; }

    /// <summary>Whether the instance's jobs were locked before; null until it was looked.</summary>
    public bool? CronLocked { get; init; }

    /// <summary>Whether the customers' web was locked before; null until it was looked.</summary>
    public bool? WebLocked { get; init; }

    /// <summary>UTC; since when customers are kept out by this update.</summary>
    public DateTimeOffset? LockedAt { get; init; }

    /// <summary>Time that customers were kept out; null until they are in again.</summary>
    public TimeSpan? Downtime { get; init; }

    /// <summary>Folder of the backup.</summary>
    public string? BackupPath { get; init; }

    /// <summary>What was wrong before, and may be wrong afterwards.</summary>
    public UpdateBaseline Before { get; init; } = new();

    /// <summary>Files of the application that are written.</summary>
    public int WrittenFiles { get; init; }

    /// <summary>Files of the application that are removed.</summary>
    public int RemovedFiles { get; init; }

    /// <summary>Configuration files that were written.</summary>
    public IReadOnlyList<string> ConfigurationFiles { get; init; } = [];

    /// <summary>Services that have to read something new.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>True when a pass of the health test was begun: it may have rated calls, also where it failed.</summary>
    public bool PassBegun { get; init; }

    /// <summary>Upgrade jobs that were applied.</summary>
    public IReadOnlyList<string> AppliedUpgradeJobs { get; init; } = [];

    /// <summary>What is told at the end.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True when the application's files change.</summary>
    [JsonIgnore]
    public bool WithApplication => Scope.HasFlag(UpdateScope.Application);

    /// <summary>The same with a service more.</summary>
    public UpdateJournal WithService(string service) => Services.Contains(service) ? this : this with { Services = [.. Services, service] };
}

/// <summary>How the instance was before.</summary>
internal sealed record UpdateBaseline
{
    /// <summary>What was missing for health.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Keys of problems.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Names of jobs that failed lately.</summary>
    public IReadOnlyList<string> FailedJobs { get; init; } = [];

    /// <summary>Upgrade jobs that had failed and that the application counts as applied.</summary>
    public IReadOnlyList<string> FailedUpgradeJobs { get; init; } = [];

    /// <summary>Calls, when no job ran any more; null until then.</summary>
    public RatedCalls? Calls { get; init; }
}

/// <summary>JSON of the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(UpdateJournal))]
internal sealed partial class UpdateJson : JsonSerializerContext
{
}
