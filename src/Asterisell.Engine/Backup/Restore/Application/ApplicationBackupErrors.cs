namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>Why the application's own backup is not restored.</summary>
internal static class ApplicationBackupErrors
{
    private const string Elsewhere =
        "A snapshot may have better copies of them: Get-AsterisellBackup … | Restore-AsterisellData -FromApplicationBackup; or restore the snapshot itself.";

    public static AsterisellException ApplicationBackupMissing(AsterisellInstance instance, string folder) => new(
        nameof(ApplicationBackupMissing), ErrorKind.NotFound, instance.ToString(),
        $"there are none of the application's own backups: '{folder}' is missing. Nothing was changed.", Elsewhere);

    public static AsterisellException ApplicationBackupDamaged(AsterisellInstance instance, IReadOnlyList<string> findings) => new(
        nameof(ApplicationBackupDamaged), ErrorKind.DataMismatch, instance.ToString(),
        $"the application's own backup cannot be trusted: {RestoreErrors.Some(findings)}. The data of the instance are as before.", Elsewhere);

    public static AsterisellException ApplicationBackupNotInSnapshot(AsterisellInstance instance, string path) => new(
        nameof(ApplicationBackupNotInSnapshot), ErrorKind.NotFound, instance.ToString(),
        $"the snapshot '{path}' holds none of the application's own backups. Nothing was changed.",
        "Restore the snapshot itself: leave -FromApplicationBackup out.");

    public static AsterisellException ApplicationBackupNeedsTables(AsterisellInstance instance, IReadOnlyList<string> tables) => new(
        nameof(ApplicationBackupNeedsTables), ErrorKind.InvalidState, instance.ToString(),
        $"its database lacks {string.Join(", ", tables)}, and the application's own backup holds their rows only. Nothing was changed.",
        "Install the instance first: Install-AsterisellInstance.");

    public static AsterisellException ApplicationBackupIsDatabase(string target) => new(
        nameof(ApplicationBackupIsDatabase), ErrorKind.InvalidInput, target,
        "the application's own backup is the whole database, and nothing else. Nothing was changed.",
        "Leave -Include and -Table out, or leave -FromApplicationBackup out.");

    public static AsterisellException ApplicationObjectsMissing(AsterisellInstance instance, IReadOnlyList<string> missing) => new(
        nameof(ApplicationObjectsMissing), ErrorKind.CommandFailed, instance.ToString(),
        $"the application did not make its views, triggers and procedures anew: {RestoreErrors.Some(missing)}.",
        $"The data of the instance are as before. See why: Invoke-AsterisellCommand {instance} install-views-and-procedures");
}
