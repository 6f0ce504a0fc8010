namespace Asterisell.Engine.Backup.Repository;

/// <summary>Failures of backing up the management directory.</summary>
internal static class RepositoryErrors
{
    public static AsterisellException RepositoryFileNotReadable(string path, Exception inner) => new(
        nameof(RepositoryFileNotReadable), inner is UnauthorizedAccessException ? ErrorKind.PermissionDenied : ErrorKind.CommandFailed, path,
        $"it could not be read: {inner.Message.TrimEnd('.')}.",
        "Give this account the permission, or check the disk. A backup that leaves something out without a word would be worse than none.", inner);

    public static AsterisellException PassphraseTooShort(int least) => new(
        nameof(PassphraseTooShort), ErrorKind.InvalidInput, "", $"A passphrase of less than {least} characters protects no passwords.",
        "Take several words, and keep them where a fire does not reach the machine and the backup at once.");
}
