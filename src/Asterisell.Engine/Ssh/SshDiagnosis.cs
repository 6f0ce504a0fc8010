using System.Text.RegularExpressions;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Ssh;

/// <summary>Finds out from what OpenSSH wrote and how it ended what was wrong.</summary>
/// <remarks>OpenSSH says 255 for every failure of its own and passes on the remote command's code otherwise; the reason is only in its text.</remarks>
internal sealed partial class SshDiagnosis(AsterisellHost host, SshAddress address)
{
    private const int OwnFailure = 255;

    /// <summary>What ended a connection, or kept it from being made.</summary>
    internal AsterisellException Explain(int exitCode, string text) =>
        exitCode == OwnFailure ? ExplainConnection(text) : ExplainRemote(exitCode, text);

    private static bool Has(string text, params ReadOnlySpan<string> fragments)
    {
        foreach (string fragment in fragments)
        {
            if (text.Contains(fragment, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line that says most: mostly the last one, which OpenSSH ends with.</summary>
    private static string Message(string text, bool first = false)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "without a word" : EngineText.Clean(lines[first ? 0 : ^1]);
    }

    private AsterisellException ExplainConnection(string text)
    {
        string login = address.ToString();
        string message = Message(text);
        if (Has(text, "IDENTIFICATION HAS CHANGED", "host key for", "revoked") && Has(text, "has changed", "revoked"))
        {
            return SshErrors.HostKeyChanged(host, KeyName(ChangedKey().Match(text)));
        }

        if (Has(text, "host key is known for", "Host key verification failed"))
        {
            string key = KeyName(UnknownKey().Match(text));
            return SshErrors.HostKeyUnknown(host, key, Scan(key), message);
        }

        if (Has(text, "Bad configuration option", "Bad owner or permissions", "Can't open user config file", "terminating, ", "keyword "))
        {
            return SshErrors.SshConfigInvalid(host, Message(text, first: true));
        }

        if (Has(text, "Permission denied", "Too many authentication failures", "No more authentication methods"))
        {
            return SshErrors.SshLoginRefused(host, login, message);
        }

        return Has(
            text, "Could not resolve", "Connection refused", "timed out", "No route to host", "unreachable", "kex_exchange", "Connection closed by",
            "banner exchange", "Connection reset by")
            ? SshErrors.HostUnreachable(host, login, message)
            : SshErrors.SshConnectionLost(host, login, message);
    }

    private AsterisellException ExplainRemote(int exitCode, string text)
    {
        string login = address.ToString();
        string message = Message(text);
        if (exitCode == 127 || Has(text, "command not found"))
        {
            return SshErrors.DockerMissing(host, login, message);
        }

        if (Has(text, "is not a docker command", "unknown command", "unknown flag"))
        {
            return SshErrors.DockerClientTooOld(host, login, message);
        }

        if (Has(text, "permission denied"))
        {
            return DockerErrors.SocketPermissionDenied(host, $"on {login}", null);
        }

        return Has(text, "Cannot connect to the Docker daemon", "no such file or directory", "connection refused", "error during connect")
            ? DockerErrors.NoEngine(host, login, message)
            : SshErrors.RemoteCommandFailed(host, login, exitCode, message);
    }

    /// <summary>The name under which known_hosts has the host: <c>[name]:port</c> away from port 22.</summary>
    private string KeyName(Match match)
    {
        if (match.Success)
        {
            return EngineText.OneLine(match.Groups[1].Value);
        }

        return address.Port is { } port and not 22 ? $"[{address.Host}]:{port}" : address.Host;
    }

    private static string Scan(string key)
    {
        Match named = BracketedName().Match(key);
        return named.Success ? $"ssh-keyscan -p {named.Groups[2].Value} {named.Groups[1].Value}" : $"ssh-keyscan {key}";
    }

    [GeneratedRegex(@"No \S+ host key is known for (\[[\w.:-]+\]:\d+|[\w.:-]+)")]
    private static partial Regex UnknownKey();

    [GeneratedRegex(@"Host key for (\[[\w.:-]+\]:\d+|[\w.:-]+) has changed")]
    private static partial Regex ChangedKey();

    [GeneratedRegex(@"^\[([\w.:-]+)\]:(\d+)$")]
    private static partial Regex BracketedName();
}
