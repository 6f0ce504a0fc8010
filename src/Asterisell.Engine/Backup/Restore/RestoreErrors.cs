using System.Globalization;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Every failure of bringing data into an instance.</summary>
internal static class RestoreErrors
{
    public static AsterisellException RestoreBackupDamaged(string target, string path, IReadOnlyList<string> findings) => new(
        nameof(RestoreBackupDamaged), ErrorKind.DataMismatch, target,
        $"the backup '{path}' cannot be trusted: {string.Join("; ", findings.Take(3)).TrimEnd('.')}. Nothing was changed.",
        "Choose another one: Get-AsterisellBackup; see what is wrong with this one: Test-AsterisellBackup.");

    public static AsterisellException RestoreBackupUnreadable(string target, string path, string why) => new(
        nameof(RestoreBackupUnreadable), ErrorKind.DataMismatch, target,
        $"the backup '{path}' could not be read: {why.TrimEnd('.')}.",
        "The data of the instance are as before. Test the backup: Test-AsterisellBackup");

    public static AsterisellException RestoreBackupNotFound(string target, string source, string destination, DateTimeOffset? at)
    {
        string when = at is { } time ? string.Create(CultureInfo.InvariantCulture, $" of {time.UtcDateTime:u} or before") : string.Empty;
        return new(
            nameof(RestoreBackupNotFound), ErrorKind.NotFound, target, $"there is no complete backup of {source}{when} in '{destination}'.",
            $"See what there is: Get-AsterisellBackup {source} -Destination '{destination}'");
    }

    public static AsterisellException RestoreSourceAmbiguous(string target, IReadOnlyList<string> sources) => new(
        nameof(RestoreSourceAmbiguous), ErrorKind.InvalidInput, target,
        $"only one backup can be restored into it, and {sources.Count} were given: {Some(sources)}. Nothing was changed.",
        "Choose one: Get-AsterisellBackup … -Latest");

    public static AsterisellException RestoreTableUnnamed(string target) => new(
        nameof(RestoreTableUnnamed), ErrorKind.InvalidInput, target, "-Include Table does not say which. Nothing was changed.", "Name them with -Table.");

    public static AsterisellException RestoreNeedsRoot(AsterisellInstance instance, Exception inner) => new(
        nameof(RestoreNeedsRoot), ErrorKind.Authentication, instance.ToString(),
        "MariaDB's root does not accept the application's password, and only root may make the database beside the present one.",
        $"Give root the password of {instance.AdminDirectory}/config/databases.yml, as the installation does.", inner);

    public static AsterisellException RestoreAlreadyRunning(AsterisellInstance instance) => new(
        nameof(RestoreAlreadyRunning), ErrorKind.Conflict, instance.ToString(), "another run brings data into this instance.",
        "Wait for it to end.");

    public static AsterisellException RestoreJournalInvalid(AsterisellInstance instance, string path, Exception inner) => new(
        nameof(RestoreJournalInvalid), ErrorKind.DataMismatch, instance.ToString(),
        $"a restore was killed here, and its notes '{path}' cannot be read: {inner.Message.TrimEnd('.')}.",
        "Look at the databases whose names end in __before and __restore before anything else is done.", inner);

    public static AsterisellException RestoreRowsDiffer(AsterisellInstance instance, string differences) => new(
        nameof(RestoreRowsDiffer), ErrorKind.DataMismatch, instance.ToString(),
        $"what was loaded is not what the backup holds: {differences}.",
        "The data of the instance are as before. Test the backup: Test-AsterisellBackup");

    public static AsterisellException RestoreTableNotInBackup(AsterisellInstance instance, string table) => new(
        nameof(RestoreTableNotInBackup), ErrorKind.InvalidInput, instance.ToString(), $"the backup has no table '{table}'. Nothing was changed.",
        "Give -Table names as the database has them: ar_rate.");

    public static AsterisellException RestoreDiskTooSmall(AsterisellInstance instance, string path, long free, long needed) => new(
        nameof(RestoreDiskTooSmall), ErrorKind.ResourceExhausted, instance.ToString(),
        $"the disk of '{path}' in the container has {BackupErrors.Size(free)} free; new and present data side by side need about {BackupErrors.Size(needed)} more. Nothing was changed.",
        "Free some space there.");

    public static AsterisellException RestoreEtcOfOther(AsterisellInstance instance, string source) => new(
        nameof(RestoreEtcOfOther), ErrorKind.InvalidInput, instance.ToString(), $"/etc of {source} does not belong into another instance. Nothing was changed.",
        "Leave Etc out of -Include; Restart-AsterisellInstance -ApplyConfiguration writes an instance's own.");

    public static AsterisellException RestoreSafetyBackupFailed(AsterisellInstance instance, AsterisellException inner) => new(
        nameof(RestoreSafetyBackupFailed), inner.Kind, instance.ToString(),
        $"the present data could not be backed up before they are replaced: {inner.Reason.TrimEnd('.')}. Nothing was changed.",
        "Mend that; or, where the present data are worth nothing, use -SkipSafetyBackup.", inner);

    public static AsterisellException RestoreUpgradeJobFailed(AsterisellInstance instance, IReadOnlyList<string> jobs) => new(
        nameof(RestoreUpgradeJobFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"the upgrade jobs that the backup is older than did not work: {string.Join("; ", jobs.Take(3)).TrimEnd('.')}.",
        "The data of the instance are as before. Restore into the version that the backup was made of, or mend the job.");

    public static AsterisellException RestoreNotUndone(AsterisellInstance instance, Exception failure, Exception undo) => new(
        nameof(RestoreNotUndone), ErrorKind.InvalidState, instance.ToString(),
        $"the restore failed ({Text(failure)}), and the previous data could not be put back at once ({Text(undo)}). They are kept in the instance; jobs and web stay locked.",
        $"When its container and database run again: Restore-AsterisellData {instance} -Recover", failure);

    /// <summary>Differences in one line, the first of them.</summary>
    public static string Some(IReadOnlyList<string> differences) =>
        string.Join("; ", differences.Take(5)) + (differences.Count > 5 ? string.Create(CultureInfo.InvariantCulture, $"; and {differences.Count - 5} more") : string.Empty);

    private static string Text(Exception failure) =>
        (failure is AsterisellException known ? known.Reason : failure is OperationCanceledException ? "it was cancelled" : failure.Message).TrimEnd('.');
}
