namespace Asterisell;

/// <summary>A job lock that was removed, because nobody held it any more.</summary>
/// <param name="ProcessId">Process id that it named, in the container; 0 where it named none.</param>
/// <param name="Since">Since when it was held, UTC; null where that is not known.</param>
/// <param name="Holder">Dead, or foreign: another program had the id by then.</param>
/// <param name="ProcessName">That program; null where no process had the id.</param>
public sealed record StaleLock(int ProcessId, DateTimeOffset? Since, JobLockHolder Holder, string? ProcessName)
{
    /// <summary>The evidence in one sentence.</summary>
    public override string ToString()
    {
        string since = Since is { } time ? $", held since {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC," : "";
        return Holder == JobLockHolder.Foreign
            ? $"the job lock of process {ProcessId}{since} was stale and is removed: {ProcessId} is {ProcessName} now"
            : $"the job lock of process {ProcessId}{since} was stale and is removed: there is no such process";
    }
}
