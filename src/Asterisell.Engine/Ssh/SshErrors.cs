using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Ssh;

/// <summary>Failures of reaching a host by OpenSSH.</summary>
internal static class SshErrors
{
    internal static AsterisellException InvalidSshAddress(AsterisellHost host, string why) =>
        new(nameof(InvalidSshAddress), ErrorKind.InvalidInput, host.Name,
            $"the endpoint {EngineText.OneLine(host.Endpoint.OriginalString)} cannot be used: {why}.",
            "Write it as ssh://[user@]host[:port]; the rest (keys, jump hosts) belongs in ssh_config.");

    internal static AsterisellException SshMissing(AsterisellHost host, Exception cause) =>
        new(nameof(SshMissing), ErrorKind.NotFound, host.Name,
            "the OpenSSH client (ssh) was not found on this machine.",
            "Install it, on Debian: apt-get install openssh-client", cause);

    internal static AsterisellException SshConfigInvalid(AsterisellHost host, string message) =>
        new(nameof(SshConfigInvalid), ErrorKind.InvalidInput, host.Name,
            $"OpenSSH does not accept its configuration ({message}).",
            "Correct the file that it names.");

    internal static AsterisellException HostKeyUnknown(AsterisellHost host, string key, string scan, string message) =>
        new(nameof(HostKeyUnknown), ErrorKind.Authentication, host.Name,
            $"the host key of {key} is not among those that are trusted ({message}).",
            $"Compare the fingerprint that this shows: {scan} | ssh-keygen -lf -{Environment.NewLine}"
            + $"with the host's own (on the host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub).{Environment.NewLine}"
            + $"When they are the same, trust it once with: {scan} >> ~/.ssh/known_hosts");

    internal static AsterisellException HostKeyChanged(AsterisellHost host, string key) =>
        new(nameof(HostKeyChanged), ErrorKind.Authentication, host.Name,
            $"the host key of {key} is not the one that was trusted before: the host was installed anew, or somebody listens in between.",
            $"Find out which, from somebody who has the host's console. Only then forget the old key with: ssh-keygen -R '{key}'");

    internal static AsterisellException SshLoginRefused(AsterisellHost host, string login, string message) =>
        new(nameof(SshLoginRefused), ErrorKind.Authentication, host.Name,
            $"the host does not let {login} in ({message}).",
            "The login must work without any question: put the key into the agent (ssh-add) or name it in ssh_config, "
            + $"and its public part into authorized_keys on the host. Try with: ssh -o BatchMode=yes {login} true");

    internal static AsterisellException HostUnreachable(AsterisellHost host, string login, string message) =>
        new(nameof(HostUnreachable), ErrorKind.Connection, host.Name,
            $"{login} cannot be reached by ssh ({message}).",
            "See whether the host is up and its name, port and jump hosts are right.");

    internal static AsterisellException SshTimeout(AsterisellHost host, string login, TimeSpan limit) =>
        new(nameof(SshTimeout), ErrorKind.Timeout, host.Name,
            $"logging in to {login} by ssh took longer than {limit.TotalSeconds:0.#} s.",
            $"See where it hangs with: ssh -v -o BatchMode=yes {login} true");

    internal static AsterisellException SshConnectionLost(AsterisellHost host, string login, string message) =>
        new(nameof(SshConnectionLost), ErrorKind.Connection, host.Name,
            $"the ssh connection to {login} broke off ({message}).",
            "What was running may have been done in part. See whether the host is reachable, then repeat.");

    internal static AsterisellException DockerMissing(AsterisellHost host, string login, string message) =>
        new(nameof(DockerMissing), ErrorKind.NotFound, host.Name,
            $"the command 'docker' was not found by {login} ({message}).",
            "Install Docker on the host, or see that a login without terminal finds it in its PATH.");

    internal static AsterisellException DockerClientTooOld(AsterisellHost host, string login, string message) =>
        new(nameof(DockerClientTooOld), ErrorKind.InvalidState, host.Name,
            $"the docker client on {login} knows no 'system dial-stdio' ({message}).",
            "Upgrade Docker on the host to 18.09 or newer.");

    internal static AsterisellException RemoteCommandFailed(AsterisellHost host, string login, int exitCode, string message) =>
        new(nameof(RemoteCommandFailed), ErrorKind.CommandFailed, host.Name,
            $"'docker system dial-stdio' ended with code {exitCode} on {login} ({message}).",
            $"Try it by hand: ssh {login} docker version");
}
