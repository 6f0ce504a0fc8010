namespace Asterisell;

/// <summary>One thing that was checked on a Docker host.</summary>
/// <param name="HostName">Host in the inventory.</param>
/// <param name="Check">What was checked: <c>Engine</c>, <c>Storage</c>, <c>HugePages</c>, <c>Disk</c>, <c>Memory</c>, <c>Clock</c>, <c>Ports</c>.</param>
/// <param name="Result">How it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
public sealed record HostCheck(string HostName, string Check, CheckResult Result, string Message, string? Remedy);

/// <summary>Result of a check, from good to bad.</summary>
public enum CheckResult
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>It could not be found out.</summary>
    Unknown,

    /// <summary>It works, but not well or not for long.</summary>
    Warning,

    /// <summary>Instances cannot run, or not as the inventory says.</summary>
    Failed,
}
