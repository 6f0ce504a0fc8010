using Asterisell.Engine.Instances.Access;

namespace Asterisell.Engine.Backup.Targets.Preparation;

/// <summary>What a key may do at the server: the one thing that the target's kind needs, whatever the client asks for.</summary>
internal static class LoginLine
{
    /// <summary>The line of <c>authorized_keys</c>.</summary>
    /// <remarks>
    /// <c>restrict</c> takes terminals, forwarding and the rest away, also what future versions of OpenSSH may add. The command is read by the
    /// login's shell, so the folder is quoted for it.
    /// </remarks>
    public static string Of(BackupTargetKind kind, string folder, PublicKey key)
    {
        string command = kind == BackupTargetKind.RdiffBackup
            ? $"rdiff-backup server --restrict-path {QuoteForShell(folder)} --restrict-mode read-write"
            : "internal-sftp";
        return $"restrict,command=\"{command.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" {key}";
    }

    /// <summary>One word, whatever is in it.</summary>
    public static string QuoteForShell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
