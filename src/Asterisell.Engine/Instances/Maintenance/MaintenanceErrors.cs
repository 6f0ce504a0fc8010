namespace Asterisell.Engine.Instances.Maintenance;

/// <summary>Failures of disabling and enabling.</summary>
internal static class MaintenanceErrors
{
    internal static AsterisellException LockChangedMeanwhile(AsterisellInstance instance, string what, bool locked) => new(
        nameof(LockChangedMeanwhile), ErrorKind.Conflict, instance.ToString(),
        $"{what} were {(locked ? "disabled" : "enabled")}, but somebody {(locked ? "enabled" : "disabled")} them again at once.",
        $"See who works on the instance: Get-AsterisellStatus {instance}");

    internal static AsterisellException WebNotDisabled(AsterisellInstance instance, string why) => new(
        nameof(WebNotDisabled), ErrorKind.InvalidState, instance.ToString(),
        $"customers are not kept out: {why}.",
        $"See what runs: Get-AsterisellStatus {instance}; then try again.");

    internal static AsterisellException WebNotEnabled(AsterisellInstance instance, string why) => new(
        nameof(WebNotEnabled), ErrorKind.InvalidState, instance.ToString(),
        $"the lock is removed, but customers cannot work: {why}.",
        $"See why: Get-AsterisellStatus {instance}; Get-AsterisellLog {instance} -Service nginx,php");
}
