namespace Asterisell.Engine.Backup.Targets;

/// <summary>
/// The key pair and the pinned host key of one target, on the machine that makes the backups. They are there when
/// <c>Initialize-AsterisellBackupTarget</c> made them; without them the operator's own keys and known hosts are used.
/// </summary>
internal sealed class TargetKeys(BackupTarget target)
{
    /// <summary>Name under which the server's key is pinned: independent of the names, addresses and ports that lead to it.</summary>
    public const string HostAlias = "asterisell-backup-target";

    /// <summary>Folder with what is secret and what is pinned of this target, for the owner alone.</summary>
    public string Folder { get; } = StateFolder.Of(target);

    /// <summary>Private key, ed25519, 0600, without passphrase: backups run unattended.</summary>
    public string PrivateKey => Path.Combine(Folder, "id_ed25519");

    /// <summary>Its public part.</summary>
    public string PublicKey => PrivateKey + ".pub";

    /// <summary>The server's key.</summary>
    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    /// <summary>True when there is a key of our own.</summary>
    public bool HasKey => File.Exists(PrivateKey);

    /// <summary>True when the server's key was pinned.</summary>
    public bool HasPin => File.Exists(KnownHosts);
}
