namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>A server said no.</summary>
internal sealed class SftpException(SftpStatus status, string path, string message) : IOException($"{path}: {message}")
{
    public SftpStatus Status => status;

    /// <summary>What it was about.</summary>
    public string Path => path;
}

/// <summary>Answers of SFTP version 3. A full disk has none of its own: OpenSSH says "Failure".</summary>
internal enum SftpStatus
{
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    BadMessage = 5,
    NoConnection = 6,
    ConnectionLost = 7,
    Unsupported = 8,
}
