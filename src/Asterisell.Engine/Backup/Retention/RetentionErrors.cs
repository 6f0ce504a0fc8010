namespace Asterisell.Engine.Backup.Retention;

/// <summary>Failures of removing backups.</summary>
internal static class RetentionErrors
{
    public static AsterisellException RetentionNotSet(string place, bool isTarget) => new(
        nameof(RetentionNotSet), ErrorKind.InvalidInput, place,
        isTarget ? "the inventory does not say what this target keeps, so nothing is removed." : "the inventory has no such target, so it does not say what is kept there.",
        isTarget
            ? "Say it by -KeepDaily 14 -KeepMonthly 12, or in the inventory: retention: { keepDaily: 14, keepMonthly: 12 }"
            : "Say it by -KeepDaily 14 -KeepMonthly 12, or name a target of the inventory with -Target.");

    public static AsterisellException BackupNotRemoved(string backup, string why) => new(
        nameof(BackupNotRemoved), ErrorKind.CommandFailed, backup, $"it could not be removed: {why}.",
        "Check the disk and the permissions, then run Remove-AsterisellBackup again.");
}
