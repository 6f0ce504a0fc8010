namespace Asterisell;

/// <summary>Version of the application and its upgrade jobs.</summary>
public sealed record VersionStatus
{
    /// <summary>Content of the file <c>VERSION</c>, for example <c>Asterisell-5.8</c>; null where the application is not installed.</summary>
    public string? Version { get; init; }

    /// <summary>Upgrade jobs of <c>app.yml</c> that were never applied. While there is one, no job pass works. Null when unknown.</summary>
    public IReadOnlyList<string>? PendingUpgradeJobs { get; init; }

    /// <summary>Upgrade jobs that failed. The application counts them as applied all the same. Null when unknown.</summary>
    public IReadOnlyList<FailedUpgradeJob>? FailedUpgradeJobs { get; init; }
}

/// <summary>An upgrade job that failed and was recorded as applied.</summary>
/// <param name="Job">PHP class.</param>
/// <param name="At">When, UTC; null where the row does not say.</param>
/// <param name="Message">Its output, which begins <c>Interrupt from error:</c>.</param>
public sealed record FailedUpgradeJob(string Job, DateTimeOffset? At, string Message);
