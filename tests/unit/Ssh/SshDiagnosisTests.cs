using Asterisell.Engine.Ssh;

namespace Asterisell.Tests.Unit.Ssh;

/// <summary>What OpenSSH 9.2 and docker 20.10 write, and what it means.</summary>
public sealed class SshDiagnosisTests
{
    [Theory]
    [InlineData(255, "No ED25519 host key is known for [127.0.0.1]:22001 and you have requested strict checking.\r\nHost key verification failed.", "HostKeyUnknown")]
    [InlineData(255, "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\nHost key for [127.0.0.1]:22001 has changed and you have requested strict checking.\r\nHost key verification failed.", "HostKeyChanged")]
    [InlineData(255, "root@127.0.0.1: Permission denied (publickey).", "SshLoginRefused")]
    [InlineData(255, "Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures", "SshLoginRefused")]
    [InlineData(255, "ssh: Could not resolve hostname nowhere: Name or service not known", "HostUnreachable")]
    [InlineData(255, "ssh: connect to host 127.0.0.1 port 1: Connection refused", "HostUnreachable")]
    [InlineData(255, "ssh: connect to host 10.255.255.1 port 22: Connection timed out", "HostUnreachable")]
    [InlineData(255, "kex_exchange_identification: read: Connection reset by peer", "HostUnreachable")]
    [InlineData(255, "/home/a/.ssh/config: line 3: Bad configuration option: hots", "SshConfigInvalid")]
    [InlineData(255, "Timeout, server 10.0.0.1 not responding.", "SshConnectionLost")]
    [InlineData(255, "", "SshConnectionLost")]
    [InlineData(127, "bash: line 1: docker: command not found", "DockerMissing")]
    [InlineData(1, "docker: 'dial-stdio' is not a docker command.", "DockerClientTooOld")]
    [InlineData(1, "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock", "SocketPermissionDenied")]
    [InlineData(1, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "NoEngine")]
    [InlineData(1, "error during connect: dial unix docker.sock: connect: no such file or directory", "NoEngine")]
    [InlineData(1, "This account is currently not available.", "RemoteCommandFailed")]
    public void Is_told_apart(int exitCode, string text, string errorId)
    {
        AsterisellException failure = Diagnose(exitCode, text);
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal("milan", failure.Target);
        Assert.NotNull(failure.Remedy);
    }

    [Fact]
    public void The_way_to_trust_a_host_can_be_copied()
    {
        AsterisellException failure = Diagnose(
            255, "No ED25519 host key is known for [127.0.0.1]:22001 and you have requested strict checking.\nHost key verification failed.");
        Assert.Contains("ssh-keyscan -p 22001 127.0.0.1 >> ~/.ssh/known_hosts", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_other_side_writes_cannot_paint_the_terminal() =>
        Assert.DoesNotContain('\u001b', Diagnose(1, "\u001b[2J\u001b]0;gone\u0007").Message);

    private static AsterisellException Diagnose(int exitCode, string text)
    {
        AsterisellHost host = new() { Name = "milan", Endpoint = new Uri("ssh://root@milan") };
        return new SshDiagnosis(host, SshAddress.Parse(host)).Explain(exitCode, text);
    }
}
