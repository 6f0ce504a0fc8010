namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>Why a drill cannot be done.</summary>
internal static class DrillErrors
{
    public static AsterisellException DrillHostUnknown(string backup, string host) => new(
        nameof(DrillHostUnknown), ErrorKind.NotFound, backup, $"the inventory has no host '{host}' to restore it on.",
        "Name one that has the image with -DrillHost: Get-AsterisellHost");

    public static AsterisellException DrillParameterAlone(string parameter) => new(
        nameof(DrillParameterAlone), ErrorKind.InvalidInput, parameter, "this says how a backup is restored for a test, and this test restores none.",
        "Add -Level Restore.");
}
