namespace Asterisell.PowerShell;

/// <summary>Nouns of the module's cmdlets.</summary>
internal static class Noun
{
    internal const string Admin = "AsterisellAdmin";
    internal const string Backup = "AsterisellBackup";
    internal const string BackupTarget = "AsterisellBackupTarget";
    internal const string Command = "AsterisellCommand";
    internal const string Conflict = "AsterisellConflict";
    internal const string Data = "AsterisellData";
    internal const string DatabasePassword = "AsterisellDatabasePassword";
    internal const string Host = "AsterisellHost";
    internal const string Image = "AsterisellImage";
    internal const string Instance = "AsterisellInstance";
    internal const string Inventory = "AsterisellInventory";
    internal const string Job = "AsterisellJob";
    internal const string Lease = "AsterisellLease";
    internal const string Log = "AsterisellLog";
    internal const string Package = "AsterisellPackage";
    internal const string Problem = "AsterisellProblem";
    internal const string Repository = "AsterisellRepository";
    internal const string SshAccess = "AsterisellSshAccess";
    internal const string Status = "AsterisellStatus";
    internal const string Undo = "AsterisellUndo";
    internal const string Volume = "AsterisellVolume";
    internal const string Web = "AsterisellWeb";
}
