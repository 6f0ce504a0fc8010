using System.Globalization;

namespace Asterisell.Engine.Ssh;

/// <summary>Where and as whom to log in; only characters that cannot be taken for an option or for something else by OpenSSH.</summary>
/// <param name="Host">Host name, address or alias of the operator's <c>ssh_config</c>, its letters as they were given.</param>
/// <param name="User">Login name; null for what <c>ssh_config</c> says.</param>
/// <param name="Port">Port; null for what <c>ssh_config</c> says.</param>
internal sealed record SshAddress(string Host, string? User, int? Port)
{
    private const string Prefix = "ssh://";

    /// <summary>Reads <c>ssh://[user@]host[:port]</c>.</summary>
    /// <remarks>Not by System.Uri: it lowers the letters of the host, but ssh_config tells aliases apart by case.</remarks>
    internal static SshAddress Parse(AsterisellHost host) => Parse(host, host.Endpoint.OriginalString);

    /// <summary>The same, from text that System.Uri might refuse.</summary>
    internal static SshAddress Parse(AsterisellHost host, string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            throw SshErrors.InvalidSshAddress(host, "it does not begin with ssh://");
        }

        text = text[Prefix.Length..].TrimEnd('/');
        int at = text.LastIndexOf('@');
        string? user = at < 0 ? null : text[..at];
        (string name, string? port) = SplitPort(text[(at + 1)..]);
        if (user is not null && (user.Length is 0 or > 64 || user[0] == '-' || !user.All(IsUserCharacter)))
        {
            throw SshErrors.InvalidSshAddress(host, user.Contains(':')
                ? "a password has no place in it; let ssh use a key"
                : "the user is not made of letters, digits, '.', '_', '-', '+' and '@', or begins with '-'");
        }

        if (name.Length is 0 or > 253 || name[0] == '-' || !name.All(IsHostCharacter))
        {
            throw SshErrors.InvalidSshAddress(host, "the host is not made of letters, digits, '.', '_', '-' and ':', or begins with '-'");
        }

        return new SshAddress(name, user, port is null ? null : ReadPort(host, port));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (User is null ? "" : User + "@") + Host + (Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "");

    private static int ReadPort(AsterisellHost host, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? port
            : throw SshErrors.InvalidSshAddress(host, "the port is no number from 1 to 65535");

    private static (string Host, string? Port) SplitPort(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
        {
            string rest = text[(end + 1)..];
            return (text[1..end], rest.StartsWith(':') ? rest[1..] : rest.Length == 0 ? null : rest);
        }

        int colon = text.LastIndexOf(':');
        return colon < 0 || text.IndexOf(':', StringComparison.Ordinal) != colon ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static bool IsUserCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '@';

    private static bool IsHostCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':';
}
