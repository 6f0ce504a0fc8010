namespace Asterisell;

/// <summary>One thing that was checked of a backup target.</summary>
/// <param name="Target">Target of the inventory.</param>
/// <param name="Check">
/// What was checked: <c>Login</c>, <c>HostKey</c>, <c>Key</c>, <c>Tool</c>, <c>Restriction</c>, <c>Space</c>, <c>Clock</c>, <c>RoundTrip</c>.
/// </param>
/// <param name="Result">How it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
public sealed record BackupTargetCheck(string Target, string Check, CheckResult Result, string Message, string? Remedy = null);
