using System.Globalization;

namespace Asterisell.Engine.Ssh;

/// <summary>The command lines of OpenSSH. They hold nothing but fixed words, the checked address and paths of our own making.</summary>
internal static class SshArguments
{
    // First of all: what OpenSSH reads first wins over what the operator's ssh_config says later.
    private static readonly string[] Fixed =
    [
        "-T",
        "-o", "BatchMode=yes", // no question, ever
        "-o", "StrictHostKeyChecking=yes",
        "-o", "ConnectTimeout=10",
        "-o", "ConnectionAttempts=1",
        "-o", "ServerAliveInterval=3", // a dead connection is seen after three unanswered ones
        "-o", "ServerAliveCountMax=3",
        "-o", "ClearAllForwardings=yes",
        "-o", "ForwardAgent=no",
        "-o", "ForwardX11=no",
        "-o", "PermitLocalCommand=no",
        "-o", "RemoteCommand=none",
        "-o", "LogLevel=ERROR", // the reasons of failures are read from its messages
    ];

    /// <summary>The connection that others go through, without a session of its own.</summary>
    internal static IReadOnlyList<string> Master(AsterisellHost host, SshAddress address, string controlPath) =>
        [.. Common(host), "-M", "-N", "-S", controlPath, "-o", "ControlPersist=no", .. Target(address)];

    /// <summary>A command through a master; through a connection of its own where <paramref name="controlPath"/> is null or the master is gone.</summary>
    internal static IReadOnlyList<string> Command(AsterisellHost host, SshAddress address, string? controlPath, IReadOnlyList<string> command) =>
        [.. Common(host), "-S", controlPath ?? "none", "-o", "ControlMaster=no", .. Target(address), .. command];

    /// <summary>Has a master lead a socket here to one on the host. The operator's configuration has no say: its own forwards would come too.</summary>
    internal static IReadOnlyList<string> Forward(SshAddress address, string controlPath, string localSocket, string remoteSocket) =>
        ["-F", "/dev/null", "-S", controlPath, "-O", "forward", "-L", $"{localSocket}:{remoteSocket}", "--", address.Host];

    private static string[] Common(AsterisellHost host) =>
        host.SshConfigFile is { } file ? ["-F", Path.GetFullPath(file), .. Fixed] : Fixed;

    private static IEnumerable<string> Target(SshAddress address)
    {
        if (address.User is { } user)
        {
            yield return "-l";
            yield return user;
        }

        if (address.Port is { } port)
        {
            yield return "-p";
            yield return port.ToString(CultureInfo.InvariantCulture);
        }

        yield return "--";
        yield return address.Host;
    }
}
