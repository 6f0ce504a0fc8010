namespace Asterisell.Engine.Backup.Targets;

/// <summary>Turns what rdiff-backup and restic say into what an operator can do something about; their exit codes tell little.</summary>
/// <param name="target">Target.</param>
/// <param name="ssh">Way to its server; null where there is none.</param>
/// <param name="tool">Program.</param>
internal sealed class ToolFailure(string target, TargetSsh? ssh, string tool)
{
    private static readonly string[] OfSsh =
    [
        "ssh: ", "Host key verification failed", "host key is known for", "IDENTIFICATION HAS CHANGED", "Connection closed by", "Connection reset by",
        "Connection timed out", "kex_exchange", "Too many authentication failures", "Broken pipe",
    ];

    /// <summary>The tool is not on this machine.</summary>
    public AsterisellException NoTool(Exception cause) => TargetErrors.TargetToolMissing(target, tool, "this machine", cause.Message);

    /// <summary>What a failed run said.</summary>
    public AsterisellException Explain(int exitCode, string errors)
    {
        string server = ssh?.Address.Login.ToString() ?? "this machine";
        string last = ToolText.Last(errors, $"exit code {exitCode}");
        if (Has(errors, "No space left on device", "Disk quota exceeded"))
        {
            return TargetErrors.TargetFull(target, server, new IOException(last));
        }

        if (ssh is not null && (Has(errors, OfSsh) || (Has(errors, "Permission denied (") && !Has(errors, "Errno"))))
        {
            return ssh.Explain(255, string.Join('\n', errors.Split('\n').Where(line => Has(line, OfSsh) || line.Contains("Permission denied (", StringComparison.Ordinal))));
        }

        if (Has(errors, "command not found", "not found in PATH", "No such file or directory: '" + tool))
        {
            return TargetErrors.TargetToolMissing(target, tool, server, last);
        }

        return Has(errors, "Permission denied", "Read-only file system", "EACCES", "EROFS", "permission denied", "read-only file system")
            ? TargetErrors.TargetDenied(target, server, new IOException(last))
            : TargetErrors.TargetToolFailed(target, tool, exitCode, last);
    }

    /// <summary>True when a text holds one of some fragments.</summary>
    public static bool Has(string text, params string[] fragments) => fragments.Any(fragment => text.Contains(fragment, StringComparison.Ordinal));
}
