using System.Globalization;
using System.Text;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>
/// The way to the server of a target: a configuration of OpenSSH in a private folder. Tools that want a command line for ssh get the same two
/// words, the file and the host; nothing else of the target stands in it.
/// </summary>
internal sealed class TargetSsh : IDisposable
{
    // What OpenSSH reads first wins over what the operator's configuration says later.
    private const string Fixed =
        """
        Host *
          BatchMode yes
          StrictHostKeyChecking yes
          UpdateHostKeys no
          ConnectTimeout 10
          ConnectionAttempts 1
          ServerAliveInterval 5
          ServerAliveCountMax 3
          ClearAllForwardings yes
          ForwardAgent no
          ForwardX11 no
          PermitLocalCommand no
          RemoteCommand none
          RequestTTY no
          ControlPath none
          LogLevel ERROR

        """;

    private readonly string _folder;

    private TargetSsh(string folder, TargetAddress address)
    {
        _folder = folder;
        Address = address;
    }

    /// <summary>Where it leads.</summary>
    public TargetAddress Address { get; }

    /// <summary>Configuration file; its path holds nothing but letters, digits, '/', '-', '_' and '.'.</summary>
    public string ConfigFile => Path.Combine(_folder, "config");

    /// <summary>Host for the command line; checked.</summary>
    public string Host => Address.Login.Host;

    /// <summary>Prepares the way; nothing is connected yet.</summary>
    /// <param name="address">Server.</param>
    /// <param name="keys">Keys of the target; null to log in as the operator does.</param>
    /// <param name="knownHosts">Known hosts to use instead of the target's; null for those.</param>
    public static TargetSsh Open(TargetAddress address, TargetKeys? keys, string? knownHosts = null)
    {
        string folder = Directory.CreateTempSubdirectory("asl-").FullName;
        if (folder.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '_' or '.' or '\\' or ':')))
        {
            Directory.Delete(folder);
            folder = $"/tmp/asl-{Path.GetRandomFileName()}";
            PrivateFiles.CreateFolder(folder);
        }

        TargetSsh ssh = new(folder, address);
        using FileStream file = PrivateFiles.Create(ssh.ConfigFile, FileMode.Create);
        file.Write(Encoding.UTF8.GetBytes(Text(address, keys, knownHosts)));
        return ssh;
    }

    /// <summary>The command line of a session; what runs in it comes behind.</summary>
    public IReadOnlyList<string> Command(params string[] remote) => ["ssh", "-F", ConfigFile, "-T", "--", Host, .. remote];

    /// <summary>The command line of a subsystem.</summary>
    public IReadOnlyList<string> Subsystem(string name) => ["ssh", "-F", ConfigFile, "-T", "-s", "--", Host, name];

    /// <summary>Why a command of OpenSSH failed.</summary>
    public AsterisellException Explain(int exitCode, string errors)
    {
        AsterisellException found = new SshDiagnosis(Address.Server, Address.Login).Explain(exitCode, errors);
        string login = Address.Login.ToString();
        return found.ErrorId switch
        {
            nameof(SshErrors.HostKeyUnknown) or nameof(SshErrors.HostKeyChanged) => TargetErrors.TargetHostKeyUntrusted(Address.Server.Name, login, found),
            nameof(SshErrors.SshLoginRefused) => TargetErrors.TargetLoginRefused(Address.Server.Name, login, found),
            _ => found,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Nothing secret is in it, and it is private.
        }
    }

    private static string Text(TargetAddress address, TargetKeys? keys, string? knownHosts)
    {
        StringBuilder text = new(Fixed);
        text.Append(CultureInfo.InvariantCulture, $"Host {address.Login.Host}\n");
        if (address.Login.User is { } user)
        {
            text.Append(CultureInfo.InvariantCulture, $"  User {user}\n");
        }

        if (address.Login.Port is { } port)
        {
            text.Append(CultureInfo.InvariantCulture, $"  Port {port}\n");
        }

        if (keys is { HasKey: true })
        {
            text.Append(CultureInfo.InvariantCulture, $"  IdentityFile {Quote(keys.PrivateKey)}\n  IdentitiesOnly yes\n  IdentityAgent none\n");
        }

        if ((knownHosts ?? (keys is { HasPin: true } ? keys.KnownHosts : null)) is { } pinned)
        {
            text.Append(CultureInfo.InvariantCulture, $"  HostKeyAlias {TargetKeys.HostAlias}\n  UserKnownHostsFile {Quote(pinned)}\n  GlobalKnownHostsFile /dev/null\n  CheckHostIP no\n");
        }

        text.Append("Match all\n");
        if (address.Server.SshConfigFile is { } own)
        {
            return text.Append(CultureInfo.InvariantCulture, $"Include {Quote(Path.GetFullPath(own))}\n").ToString();
        }

        string home = Environment.GetEnvironmentVariable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return text.Append(CultureInfo.InvariantCulture, $"Include {Quote(Path.Combine(home, ".ssh", "config"))}\nMatch all\nInclude /etc/ssh/ssh_config\n").ToString();
    }

    /// <summary>A path as one word; <c>%</c> would begin a token of OpenSSH's.</summary>
    private static string Quote(string path) => path.AsSpan().IndexOfAny('"', '\n', '\\') >= 0
        ? throw TargetErrors.TargetPathUnusable(path)
        : $"\"{path.Replace("%", "%%", StringComparison.Ordinal)}\"";
}
