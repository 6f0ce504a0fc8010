using System.Globalization;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup;

/// <summary>Every failure of a backup, its list and its test.</summary>
internal static class BackupErrors
{
    public static AsterisellException BackupAlreadyRunning(string target, string folder, LockOwner? owner)
    {
        string who = owner is null
            ? "another run"
            : string.Create(CultureInfo.InvariantCulture, $"process {owner.ProcessId} of {owner.User} on {owner.Machine}, since {owner.Since:u},");
        return new(
            nameof(BackupAlreadyRunning), ErrorKind.Conflict, target, $"{who} is working on its backups in '{folder}'.",
            "Wait for it to end; nothing needs to be cleaned up after a run that was killed.");
    }

    public static AsterisellException BackupInUse(string path) => new(
        nameof(BackupInUse), ErrorKind.Conflict, path, $"the backup '{path}' is being read by a restore, a test or an export, so it was not removed.",
        "Remove it when they have ended.");

    public static AsterisellException BackupBeingRemoved(string target, string path) => new(
        nameof(BackupBeingRemoved), ErrorKind.Conflict, target, $"the backup '{path}' is being removed at this moment.", "Choose another one: Get-AsterisellBackup");

    public static AsterisellException BackupTargetFull(string target, string path, Exception inner) => new(
        nameof(BackupTargetFull), ErrorKind.ResourceExhausted, target, $"the disk of the destination is full or the quota is used up: '{path}'.",
        "Free some space or choose another -Destination. Earlier snapshots are untouched, and nothing half-written is left.", inner);

    public static AsterisellException BackupTargetTooSmall(string target, string path, long free, long needed, string why) => new(
        nameof(BackupTargetTooSmall), ErrorKind.ResourceExhausted, target,
        $"the disk of '{path}' has {Size(free)} free, and the backup would need about {Size(needed)}, {why}. Nothing was written.",
        "Free some space or choose another -Destination. Earlier snapshots are untouched: Get-AsterisellBackup");

    public static AsterisellException BackupTargetDenied(string target, string path, Exception inner) => new(
        nameof(BackupTargetDenied), ErrorKind.PermissionDenied, target, $"this account may not write to '{path}'.",
        "Give it the permission, or choose another -Destination.", inner);

    public static AsterisellException BackupTargetFailed(string target, string path, Exception inner) => new(
        nameof(BackupTargetFailed), ErrorKind.CommandFailed, target, $"the destination '{path}' could not be written: {inner.Message.TrimEnd('.')}.",
        "Check the disk or the network mount, then run the backup again.", inner);

    public static AsterisellException BackupNameUnsafe(string target, string name) => new(
        nameof(BackupNameUnsafe), ErrorKind.InvalidInput, target, $"'{name}' can't be the name of a folder.",
        "Give the host or the instance a name of letters, digits, '-', '_' and '.'.");

    public static AsterisellException BackupDumpFailed(string target, string program, int exitCode, string error) => new(
        nameof(BackupDumpFailed), ErrorKind.CommandFailed, target,
        $"{program} ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}{Quote(error)}.",
        "Nothing of this attempt is kept. Check the database with: Get-AsterisellStatus");

    public static AsterisellException BackupDatabaseLost(string target, string why, Exception? inner = null) => new(
        nameof(BackupDatabaseLost), ErrorKind.Connection, target, $"the database ended its connections while it was being read: {why.TrimEnd('.')}.",
        "Nothing of this attempt is kept. MariaDB was restarted or ran out of memory: Get-AsterisellLog -Service mysql", inner);

    public static AsterisellException BackupDumpTruncated(string target, string why) => new(
        nameof(BackupDumpTruncated), ErrorKind.DataMismatch, target, $"the database dump is not whole: {why}.",
        "Nothing of this attempt is kept. Check that the container and its database stay up, then run the backup again.");

    public static AsterisellException BackupDatabaseEmpty(string target, string why) => new(
        nameof(BackupDatabaseEmpty), ErrorKind.DataMismatch, target, $"there is nothing to back up in the database: {why}.",
        "An instance without its tables is not installed, or has lost its data. Earlier snapshots are untouched: Get-AsterisellBackup");

    public static AsterisellException BackupRowsDiffer(string target, string differences) => new(
        nameof(BackupRowsDiffer), ErrorKind.DataMismatch, target, $"the dump does not hold the rows that the database counts: {differences}.",
        "Nothing of this attempt is kept. Run the backup again; if it repeats, check the tables named here.");

    public static AsterisellException BackupSchemaChanged(string target, string error) => new(
        nameof(BackupSchemaChanged), ErrorKind.InvalidState, target, $"a table was altered or emptied by TRUNCATE while it was being dumped{Quote(error)}.",
        "An upgrade is probably running. Run the backup again when it has ended.");

    public static AsterisellException BackupQueryFailed(string target, string what, int exitCode, string error) => new(
        nameof(BackupQueryFailed), ErrorKind.CommandFailed, target,
        $"{what} could not be read from the database (exit code {exitCode.ToString(CultureInfo.InvariantCulture)}){Quote(error)}.",
        "Check the database with: Get-AsterisellStatus");

    public static AsterisellException OwnBackupTooEarly(string target, string time, string zone) => new(
        nameof(OwnBackupTooEarly), ErrorKind.InvalidState, target,
        $"it is {time} in {zone}, and before 00:30 the application's backup jobs do nothing but lose the day. They were not begun.",
        "Run the backup after 00:30 of the instance's own time, or without -RunApplicationBackup.");

    public static AsterisellException OwnBackupNotMade(string target, IReadOnlyList<string> failures, string? said) => new(
        nameof(OwnBackupNotMade), ErrorKind.CommandFailed, target,
        $"the application did not back itself up: {string.Join("; ", failures)}{(said is null ? "" : $". Its job pass says: {said.TrimEnd('.')}")}.",
        $"The job log calls such jobs done. See what keeps them from working: Get-AsterisellProblem {target}; Get-AsterisellStatus {target}");

    public static AsterisellException BackupFilesFailed(string target, string program, int exitCode, string error) => new(
        nameof(BackupFilesFailed), ErrorKind.CommandFailed, target,
        $"the files of the container could not be read: {program} ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}{Quote(error)}.",
        "Nothing of this attempt is kept.");

    public static AsterisellException BackupArchiveInvalid(string target, string why) => new(
        nameof(BackupArchiveInvalid), ErrorKind.Protocol, target, $"the archive of the container's files is not a sound one: {why}.",
        "Nothing of this attempt is kept. If the container did not just stop, something in it may be hostile: look before you trust it.");

    public static AsterisellException BackupSourceMissing(string target, string path) => new(
        nameof(BackupSourceMissing), ErrorKind.NotFound, target, $"the container has no '{path}', so this is not an installed instance.",
        "Check the instance's name in the inventory, or restore it.");

    public static AsterisellException BackupContainerStopped(string target, string state, Exception? inner) => new(
        nameof(BackupContainerStopped), ErrorKind.InvalidState, target, $"the container stopped while it was being backed up ({state}).",
        $"Nothing of this attempt is kept. Start it with: Start-AsterisellInstance {target}", inner);

    public static AsterisellException BackupNotProven(string target, string path, IReadOnlyList<string> findings) => new(
        nameof(BackupNotProven), ErrorKind.DataMismatch, target,
        $"the backup '{path}' was made, but its test failed: {string.Join("; ", findings.Take(3)).TrimEnd('.')}.",
        $"See everything that was found: Test-AsterisellBackup '{path}' | Format-List");

    public static AsterisellException BackupDestinationNotFound(string path) => new(
        nameof(BackupDestinationNotFound), ErrorKind.NotFound, path, "there is no such folder.", "Give the -Destination that Backup-AsterisellData was given.");

    public static AsterisellException BackupNotFound(string instance, string destination) => new(
        nameof(BackupNotFound), ErrorKind.NotFound, instance, $"there is no backup of it in '{destination}'.",
        $"Make one with: Backup-AsterisellData {instance}");

    public static AsterisellException BackupNotNamed(string command) => new(
        nameof(BackupNotNamed), ErrorKind.InvalidInput, command, "it is not said which backups are meant. Nothing was done.",
        $"Pipe them: Get-AsterisellBackup … | {command} …; or name them: Get-Help {command} -Examples");

    public static AsterisellException BackupFolderInvalid(string path) => new(
        nameof(BackupFolderInvalid), ErrorKind.InvalidInput, path, "this is not the folder of a snapshot: HOST/INSTANCE/SNAPSHOT.",
        "List them with: Get-AsterisellBackup -Destination …");

    /// <summary>The right error for a failure of the destination's file system.</summary>
    public static AsterisellException ForTarget(string target, string path, Exception failure) => failure switch
    {
        AsterisellException known => known,
        UnauthorizedAccessException => BackupTargetDenied(target, path, failure),
        IOException full when IsFull(full) => BackupTargetFull(target, path, failure),
        _ => BackupTargetFailed(target, path, failure),
    };

    /// <summary>ENOSPC, EDQUOT and EFBIG of Linux; their like of macOS and Windows.</summary>
    private static bool IsFull(IOException failure) =>
        failure.HResult is 28 or 122 or 69 or 27 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    /// <summary>A number of bytes as an operator reads it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30} GB"),
        >= 10L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10} KB"),
    };

    private static string Quote(string error) => error.Length == 0 ? string.Empty : $": {error.TrimEnd('.')}";
}
