using Asterisell.Engine.Ssh;

namespace Asterisell.Tests.Unit.Ssh;

/// <summary>What may stand on OpenSSH's command line.</summary>
public sealed class SshAddressTests
{
    [Theory]
    [InlineData("ssh://milan", "milan", null, null)]
    [InlineData("ssh://Milan.Example", "Milan.Example", null, null)]
    [InlineData("ssh://root@milan", "milan", "root", null)]
    [InlineData("ssh://root@10.0.0.7:2222", "10.0.0.7", "root", 2222)]
    [InlineData("ssh://ops@[2001:db8::1]:22/", "2001:db8::1", "ops", 22)]
    [InlineData("ssh://under_score", "under_score", null, null)]
    public void Is_read(string endpoint, string host, string? user, int? port) =>
        Assert.Equal(new SshAddress(host, user, port), SshAddress.Parse(Host(endpoint)));

    [Theory]
    [InlineData("ssh://-oProxyCommand=reboot")]
    [InlineData("ssh://-l@milan")]
    [InlineData("ssh://root@-oProxyCommand=reboot")]
    [InlineData("ssh://root:secret@milan")]
    [InlineData("ssh://mi$(reboot)lan")]
    [InlineData("ssh://milan;reboot")]
    [InlineData("ssh://milan`reboot`")]
    [InlineData("ssh://milan%20reboot")]
    [InlineData("ssh://ro'ot@milan")]
    [InlineData("ssh://milan/var/run/docker.sock")]
    public void Is_refused(string endpoint)
    {
        AsterisellException failure = Assert.Throws<AsterisellException>(() => SshAddress.Parse(Host("ssh://milan"), endpoint));
        Assert.Equal("InvalidSshAddress", failure.ErrorId);
    }

    [Fact]
    public void Nothing_of_the_operator_stands_before_the_end_of_options()
    {
        AsterisellHost host = Host("ssh://root@milan:2222") with { SshConfigFile = "conf" };
        IReadOnlyList<string> arguments = SshArguments.Command(host, SshAddress.Parse(host), "/tmp/x/1", ["docker", "system", "dial-stdio"]);
        Assert.Equal(["-F", Path.GetFullPath("conf")], arguments.Take(2));
        Assert.Equal(["-l", "root", "-p", "2222", "--", "milan", "docker", "system", "dial-stdio"], arguments.TakeLast(9));
        Assert.Contains("BatchMode=yes", arguments);
        Assert.Contains("StrictHostKeyChecking=yes", arguments);
    }

    private static AsterisellHost Host(string endpoint) => new() { Name = "milan", Endpoint = new Uri(endpoint) };
}
