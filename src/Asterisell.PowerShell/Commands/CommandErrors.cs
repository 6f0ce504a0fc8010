namespace Asterisell.PowerShell.Commands;

/// <summary>What can be wrong with the parameters of a cmdlet.</summary>
internal static class CommandErrors
{
    internal static AsterisellException CommandMissing() => new(
        nameof(CommandMissing),
        ErrorKind.InvalidInput,
        "",
        "There is nothing to run.",
        "Say it by -Command df,-h or -Shell 'df -h | tail -1'. Behind a pipeline the parameter's name is needed: … | Invoke-AsterisellCommand -Command df,-h");

    internal static AsterisellException KeyMissing(string verb) => new(
        nameof(KeyMissing),
        ErrorKind.InvalidInput,
        "",
        "There is no key.",
        verb == "Grant"
            ? "Say it by -Path ~/.ssh/id_ed25519.pub or -PublicKey 'ssh-ed25519 AAAA… name'."
            : "Say it by -Fingerprint SHA256:…, -Path ~/.ssh/id_ed25519.pub or -PublicKey 'ssh-ed25519 AAAA… name'.");

    internal static AsterisellException PassphraseWithoutSecret() => new(
        nameof(PassphraseWithoutSecret),
        ErrorKind.InvalidInput,
        "",
        "-Passphrase encrypts passwords, and without -IncludeSecret there are none to encrypt.",
        "Add -IncludeSecret, or leave the passphrase out. The rest of the snapshot is not encrypted.");

    internal static AsterisellException BackupParametersContradict(bool latest) => new(
        nameof(BackupParametersContradict),
        ErrorKind.InvalidInput,
        "",
        latest ? "-Latest lists backups, -Stale what is wrong with them." : "-ProvenWithin means nothing without -Stale.",
        latest ? "Leave one of them out." : "Get-AsterisellBackup -Stale 26h -ProvenWithin 8d");

    internal static AsterisellException LeaseInUse(AsterisellLease lease) => new(
        nameof(LeaseInUse), ErrorKind.Conflict, $"{lease.HostName}/{lease.Name}",
        $"{lease} is at work, and there is nobody here to be asked whether to stop that.",
        "Wait until it has ended. To stop it where it is: Remove-AsterisellLease -Force");
}
