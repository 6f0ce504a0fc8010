namespace Asterisell.Engine.Backup.Targets;

/// <summary>Failures of backup targets.</summary>
internal static class TargetErrors
{
    public static AsterisellException NoTarget(string of) => new(
        nameof(NoTarget), ErrorKind.InvalidInput, of, "no backup target is named.",
        "Give a folder with -Destination, or add a target to the inventory: targets: { nas: { kind: directory, path: /srv/backup } }");

    public static AsterisellException DestinationAndTarget() => new(
        nameof(DestinationAndTarget), ErrorKind.InvalidInput, "", "A folder and a target are named together.", "Give either -Destination or -Target.");

    public static AsterisellException TargetNotFound(string name, IReadOnlyList<string> known) => new(
        nameof(TargetNotFound), ErrorKind.NotFound, name, "the inventory has no such backup target.",
        known.Count == 0 ? "It has none at all; give a folder with -Destination." : $"It has: {string.Join(", ", known)}");

    public static AsterisellException TargetHasSnapshot(string backup, string path) => new(
        nameof(TargetHasSnapshot), ErrorKind.Conflict, backup, $"the target has a snapshot of that time already: '{path}'.",
        "Run the backup again: a new one gets a time of its own.");

    public static AsterisellException TargetSourceChanged(string backup, string file) => new(
        nameof(TargetSourceChanged), ErrorKind.DataMismatch, backup, $"the local snapshot is not what it was when it was made: '{file}'.",
        "Nothing of it shows in the target. Check the disk of this machine, then run the backup again.");

    public static AsterisellException TargetHasNewer(string target, string backup, string newest) => new(
        nameof(TargetHasNewer), ErrorKind.Conflict, target, $"it has the snapshot {newest}, which is not older than {backup}; rdiff-backup takes them in order of time only.",
        "Check the clock of this machine, then run the backup again.");

    public static AsterisellException TargetLacksSnapshot(string target, string backup) => new(
        nameof(TargetLacksSnapshot), ErrorKind.NotFound, target, $"it does not have the snapshot {backup} (any more).", "See what it has: Get-AsterisellBackup");

    public static AsterisellException TargetAddressInvalid(string target, string uri) => new(
        nameof(TargetAddressInvalid), ErrorKind.InvalidInput, target, $"its address '{uri}' is none that can be reached by ssh.",
        "Write it as ssh://user@host[:port]/folder, for restic as sftp:user@host:/folder.");

    public static AsterisellException TargetPathUnusable(string path) => new(
        nameof(TargetPathUnusable), ErrorKind.InvalidInput, path, "this path holds characters that OpenSSH's configuration cannot.",
        "Choose another folder for the file, or another XDG_STATE_HOME.");

    public static AsterisellException TargetNoSftp(string target, string login, string message) => new(
        nameof(TargetNoSftp), ErrorKind.InvalidState, target, $"{login} speaks no SFTP ({message}).",
        "Have sshd on the server offer it (Subsystem sftp internal-sftp), or prepare the login anew: Initialize-AsterisellBackupTarget");

    public static AsterisellException TargetHostKeyUntrusted(string target, string login, Exception inner) => new(
        nameof(TargetHostKeyUntrusted), ErrorKind.Authentication, target, $"the host key of {login} is not the one that was pinned, or none was.",
        $"Never seen before: Initialize-AsterisellBackupTarget {target}. Changed: ask the server's owner whether it was installed anew, "
        + "then give the new one with -HostKeyFingerprint.", inner);

    public static AsterisellException TargetLoginRefused(string target, string login, Exception inner) => new(
        nameof(TargetLoginRefused), ErrorKind.Authentication, target, $"the server does not let {login} in with the target's key.",
        $"Have the account made and the key let in: Initialize-AsterisellBackupTarget {target} (with -Administrator, or it tells the commands).", inner);

    public static AsterisellException TargetConnectionLost(string target, string login, Exception inner) => new(
        nameof(TargetConnectionLost), ErrorKind.Connection, target, $"the connection to {login} broke off in the middle.",
        "What arrived is not sent again by the next run. Earlier snapshots there are untouched.", inner);

    public static AsterisellException TargetDenied(string target, string where, Exception inner) => new(
        nameof(TargetDenied), ErrorKind.PermissionDenied, target, $"its login may not write there ({where}): {inner.Message.TrimEnd('.')}.",
        "Give the login the folder (owner, mode, no read-only mount). Earlier snapshots there are untouched.", inner);

    public static AsterisellException TargetFull(string target, string where, Exception inner) => new(
        nameof(TargetFull), ErrorKind.ResourceExhausted, target, $"its disk is full or the quota is used up ({where}).",
        "Free some space there, or keep less: Remove-AsterisellBackup. Earlier snapshots there are untouched.", inner);

    public static AsterisellException TargetTooSmall(string target, string path, long free, long needed) => new(
        nameof(TargetTooSmall), ErrorKind.ResourceExhausted, target,
        $"'{path}' has {BackupErrors.Size(free)} free, and {BackupErrors.Size(needed)} have to be sent. Nothing was sent.",
        "Free some space there, or keep less: Remove-AsterisellBackup");

    public static AsterisellException TargetFailed(string target, Exception inner) => new(
        nameof(TargetFailed), ErrorKind.CommandFailed, target, $"something there failed: {inner.Message.TrimEnd('.')}.",
        "Look for the reason on the server; earlier snapshots there are untouched.", inner);

    public static AsterisellException TargetCopyBroken(string target, string backup, IReadOnlyList<string> findings) => new(
        nameof(TargetCopyBroken), ErrorKind.DataMismatch, target,
        $"what arrived of {backup} is not what was sent: {string.Join("; ", findings.Take(3)).TrimEnd('.')}.",
        "Run the backup again; if it repeats, look at the server's disk.");

    public static AsterisellException TargetToolMissing(string target, string tool, string where, string message) => new(
        nameof(TargetToolMissing), ErrorKind.NotFound, target, $"{tool} is not installed on {where} ({message}).",
        $"Install it there, on Debian: apt-get install {tool}");

    public static AsterisellException TargetToolTooOld(string target, string tool, string where, string needed) => new(
        nameof(TargetToolTooOld), ErrorKind.InvalidState, target, $"{tool} on {where} is older than {needed}, or something else speaks before it.",
        $"Install {tool} {needed} or newer there, and see that its login writes nothing by itself: ssh {where} {tool} --version");

    public static AsterisellException TargetToolFailed(string target, string tool, int exitCode, string message) => new(
        nameof(TargetToolFailed), ErrorKind.CommandFailed, target, $"{tool} ended with exit code {exitCode}: {message}.",
        "Earlier snapshots there are untouched. See more with: Test-AsterisellBackupTarget");

    public static AsterisellException TargetRestricted(string target, string login, string folder) => new(
        nameof(TargetRestricted), ErrorKind.PermissionDenied, target, $"the login {login} is restricted to another folder than '{folder}'.",
        "Make its authorized_keys and the inventory agree: Initialize-AsterisellBackupTarget");

    public static AsterisellException TargetRepositoryBroken(string target, string instance) => new(
        nameof(TargetRepositoryBroken), ErrorKind.DataMismatch, target, $"the repository of {instance} is half-finished, and taking its last session back did not help.",
        "On the server: rdiff-backup regress FOLDER. A repository that cannot be mended is to be put aside; the next backup makes a new one.");

    public static AsterisellException TargetRemovesOldestOnly(string target, string instance) => new(
        nameof(TargetRemovesOldestOnly), ErrorKind.InvalidInput, target, $"rdiff-backup can remove only the oldest snapshots of {instance}, and never the newest one.",
        "Keep by age: retention: { keepWithinDays: … }");

    public static AsterisellException TargetBusy(string target, string where, string message) => new(
        nameof(TargetBusy), ErrorKind.Conflict, target, $"somebody else is working there ({where}): {message}.", "Wait for it to end, then try again.");

    public static AsterisellException TargetPasswordWrong(string target, string repository) => new(
        nameof(TargetPasswordWrong), ErrorKind.Authentication, target, $"the password of the inventory does not open '{repository}'.",
        "Give the one that the repository was made with; nobody can open it without.");

    public static AsterisellException TargetNotPrepared(string target, string repository) => new(
        nameof(TargetNotPrepared), ErrorKind.InvalidState, target, $"there is no repository at '{repository}'.",
        $"Make it with: Initialize-AsterisellBackupTarget {target}");

    public static AsterisellException TargetUserMissing(string target) => new(
        nameof(TargetUserMissing), ErrorKind.InvalidInput, target, "its address names no user, so there is no account to prepare.",
        "Write it as ssh://user@host/folder.");

    public static AsterisellException TargetHostKeyDiffers(string target, string shown, string expected) => new(
        nameof(TargetHostKeyDiffers), ErrorKind.Authentication, target, $"the server shows the host key {shown}, but {expected} is expected.",
        "The server was installed anew, or somebody listens in between: find out which. Then give what its owner says with -HostKeyFingerprint.");

    public static AsterisellException TargetHostKeyRefused(string target, string shown) => new(
        nameof(TargetHostKeyRefused), ErrorKind.Authentication, target, $"the host key {shown} was not trusted, so nothing was done.",
        "Compare it on the server: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");

    public static AsterisellException TargetAccountFailed(string target, string login, string message) => new(
        nameof(TargetAccountFailed), ErrorKind.CommandFailed, target, $"{login} could not prepare the account: {message}.",
        "Give a login that is root there, or run the commands by hand that it shows without -Administrator.");
}
