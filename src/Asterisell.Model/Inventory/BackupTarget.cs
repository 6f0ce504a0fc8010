namespace Asterisell;

/// <summary>A place of the inventory that backups go to.</summary>
public sealed record BackupTarget
{
    /// <summary>Name in the inventory.</summary>
    public required string Name { get; init; }

    /// <summary>How backups are kept there.</summary>
    [Setting(Required = true)]
    public BackupTargetKind Kind { get; init; }

    /// <summary>Folder of the machine that runs the command.</summary>
    [Setting(Format = SettingFormat.LocalPath)]
    public string? Path { get; init; }

    /// <summary>
    /// Remote place, in place of <c>path</c>: <c>ssh://user@host[:port]/folder</c> for a directory and for rdiff-backup;
    /// <c>sftp:user@host:/folder</c>, <c>rest:https://host/…</c>, <c>s3:https://host/bucket</c> or another address that restic knows.
    /// </summary>
    /// <remarks>In place of <c>getRemoteUser</c>, <c>getRemoteBackupServer</c> and <c>getRemoteBackupDirectory</c> of the old backup job.</remarks>
    [Setting(Format = SettingFormat.TargetUri)]
    public string? Uri { get; init; }

    /// <summary>Password of a restic repository.</summary>
    [Setting]
    public SecretReference? Password { get; init; }

    /// <summary>
    /// Folder of the machine that runs the command, where a snapshot is made and proven before it goes to a place that is no folder of this
    /// machine. The last one stays there, so that the next is quick.
    /// </summary>
    [Setting(Format = SettingFormat.LocalPath, DefaultText = "`~/.local/state/asterisell/staging`")]
    public string? Staging { get; init; }

    /// <summary>OpenSSH client configuration file to use for the remote place instead of the operator's own; null for the operator's own.</summary>
    [Setting(Format = SettingFormat.LocalPath, DefaultText = "the operator's own")]
    public string? SshConfigFile { get; init; }

    /// <summary>What is kept when old backups are removed. Without any key, everything.</summary>
    [Setting]
    public RetentionPolicy Retention { get; init; } = new();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
