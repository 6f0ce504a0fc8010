namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Failures of copies, exports and imports.</summary>
internal static class TransferErrors
{
    public static AsterisellException CopyOntoItself(string target) => new(
        nameof(CopyOntoItself), ErrorKind.InvalidInput, target, "source and destination are the same instance. Nothing was changed.",
        "Give another instance of the inventory as the destination; Install-AsterisellInstance makes a new one.");

    public static AsterisellException CopySourceNewer(string target, string source, string newer, string older) => new(
        nameof(CopySourceNewer), ErrorKind.InvalidState, target,
        $"{source} runs {newer} and this instance runs {older}, whose code does not know the newer tables. Nothing was changed.",
        "Update this instance first.");

    public static AsterisellException CopySourceAmbiguous(string source, int count) => new(
        nameof(CopySourceAmbiguous), ErrorKind.InvalidInput, source, $"the source must be one instance, and {count} have that name. Nothing was changed.",
        "Write it as host/name.");

    public static AsterisellException SafetyPathMissing(string target) => new(
        nameof(SafetyPathMissing), ErrorKind.InvalidInput, target,
        "it is not said where the present data are backed up to first, and the inventory names no target for it. Nothing was changed.",
        "Give -SafetyPath; or, where the present data are worth nothing, -SkipSafetyBackup.");

    public static AsterisellException ExportFileExists(string target, string path) => new(
        nameof(ExportFileExists), ErrorKind.Conflict, target, $"'{path}' is there already, and an export overwrites nothing.",
        "Give another -Path, or a folder, where each export gets a name of its own.");

    public static AsterisellException ExportBackupDamaged(string target, string path, IReadOnlyList<string> findings) => new(
        nameof(ExportBackupDamaged), ErrorKind.DataMismatch, target,
        $"the backup '{path}' cannot be trusted: {string.Join("; ", findings.Take(3)).TrimEnd('.')}. Nothing was exported.",
        "Choose another one: Get-AsterisellBackup");

    public static AsterisellException ExportCredentialsMissing(string target, string source) => new(
        nameof(ExportCredentialsMissing), ErrorKind.InvalidState, target,
        $"{source} has no admin/config/databases.yml, so no throw-away instance can be made in which its data are masked. Nothing was exported.",
        "Mend the instance's configuration, or choose another backup: Get-AsterisellBackup");

    public static AsterisellException ExportNeedsFolder(string path, int count) => new(
        nameof(ExportNeedsFolder), ErrorKind.InvalidInput, path, $"{count} exports can't go into one file. Nothing was exported.",
        "Give a folder that exists.");

    public static AsterisellException ImportFileNotFound(string target, string path) => new(
        nameof(ImportFileNotFound), ErrorKind.NotFound, target, $"there is no file '{path}'. Nothing was changed.", "Give the file that Export-AsterisellData made.");

    public static AsterisellException ImportFileUnreadable(string target, string path, Exception inner) => new(
        nameof(ImportFileUnreadable), ErrorKind.PermissionDenied, target, $"'{path}' can't be read: {inner.Message.TrimEnd('.')}. Nothing was changed.",
        "Check the file's permissions and its disk.", inner);

    public static AsterisellException ImportFileDamaged(string target, string path, string why) => new(
        nameof(ImportFileDamaged), ErrorKind.DataMismatch, target, $"'{path}' is no whole export: {why.TrimEnd('.')}. Nothing was changed.",
        "Compare its SHA-256 with the one that the export told; bring the file again.");

    public static AsterisellException ImportHasDatabaseOnly(string target, string path) => new(
        nameof(ImportHasDatabaseOnly), ErrorKind.InvalidInput, target,
        $"'{path}' is a masked export, which holds the database and no files. Nothing was changed.", "Leave -Include out, or say -Include Database.");

    public static AsterisellException ImportPassphraseMissing(string target, string path) => new(
        nameof(ImportPassphraseMissing), ErrorKind.Authentication, target, $"'{path}' is encrypted. Nothing was changed.",
        "Give its passphrase: -Passphrase (Read-Host -AsSecureString)");

    public static AsterisellException ImportPassphraseWrong(string target, string path) => new(
        nameof(ImportPassphraseWrong), ErrorKind.Authentication, target, $"'{path}' was encrypted with another passphrase. Nothing was changed.",
        "Give the passphrase that the export was given.");
}
