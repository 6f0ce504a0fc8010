using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Where a remote target is: the server, and the folder on it.</summary>
/// <param name="Server">Server and login, as OpenSSH's options want them; its endpoint is <c>ssh://…</c>, whatever the target's address is.</param>
/// <param name="Login">User, host, port: checked, so that no part can be taken for an option.</param>
/// <param name="Folder">Absolute folder on the server, without a slash at its end.</param>
internal sealed record TargetAddress(AsterisellHost Server, SshAddress Login, string Folder)
{
    /// <summary>Reads <c>ssh://[user@]host[:port]/folder</c>, and restic's <c>sftp:[user@]host:/folder</c> and <c>sftp://[user@]host[:port]/folder</c>.</summary>
    /// <exception cref="AsterisellException"><c>TargetAddressInvalid</c>, <c>InvalidSshAddress</c>.</exception>
    public static TargetAddress Parse(BackupTarget target)
    {
        string uri = target.Uri ?? string.Empty;
        (string login, string folder) = uri switch
        {
            _ when uri.StartsWith("ssh://", StringComparison.Ordinal) => Split(uri[6..]),
            _ when uri.StartsWith("sftp://", StringComparison.Ordinal) => Split(uri[7..]),
            _ when uri.StartsWith("sftp:", StringComparison.Ordinal) && uri.IndexOf(":/", 5, StringComparison.Ordinal) is > 0 and int colon =>
                (uri[5..colon], uri[(colon + 1)..]),
            _ => throw TargetErrors.TargetAddressInvalid(target.Name, uri),
        };
        string endpoint = $"ssh://{login}";
        folder = "/" + folder.Trim('/');
        if (folder.Length < 2 || !Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? parsed) || folder.Any(char.IsControl) || folder.Split('/').Contains(".."))
        {
            throw TargetErrors.TargetAddressInvalid(target.Name, uri);
        }

        AsterisellHost server = new() { Name = target.Name, Endpoint = parsed, SshConfigFile = target.SshConfigFile };
        return new TargetAddress(server, SshAddress.Parse(server, endpoint), folder);
    }

    /// <summary>The address of something below the folder, as an operator reads it.</summary>
    public string At(string path) => $"ssh://{Login}{Folder}/{path}";

    private static (string Login, string Folder) Split(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (text, string.Empty) : (text[..slash], text[slash..]);
    }
}
