using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>Hosts whose sshd allows less than usual, and hosts that fall silent.</summary>
public sealed class SshSettingsTests
{
    [Theory]
    [InlineData("AllowStreamLocalForwarding no")]
    [InlineData("DisableForwarding yes")]
    [InlineData("AllowStreamLocalForwarding no\nMaxSessions 2")]
    [InlineData("AllowStreamLocalForwarding no\nMaxSessions 1")]
    [InlineData("MaxSessions 1")]
    public async Task Whatever_sshd_allows_programs_run_and_streams_are_whole(string settings)
    {
        await using OwnSshd sshd = await OwnSshd.StartAsync(settings);
        TestLab lab = await TestLab.GetAsync();
        await using LightContainer container = await LightContainer.StartAsync(sshd.Host, lab.LightImage);
        Assert.Equal((7, "out\n", "err\n"), await container.RunAsync("sh", "-c", "echo out; echo err >&2; exit 7"));

        const int Length = 10_000_000;
        await using IExecProcess counting = await container.Engine.StartExecAsync(
            container.Name, new(["sh", "-c", "head -c 10000000 | wc -c"]) { AttachInput = true }, CancellationToken.None);
        Task sending = Task.Run(async () =>
        {
            await counting.Input.WriteAsync(new byte[Length]);
            await counting.CompleteInputAsync(CancellationToken.None);
        });
        Assert.Equal((0, $"{Length}\n", ""), await LightContainer.EndAsync(counting));
        await sending;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
            Assert.Equal((i, $"{i}\n", ""), await container.RunAsync("sh", "-c", $"echo {i}; exit {i}"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AllowStreamLocalForwarding no")]
    public async Task A_connection_that_falls_silent_is_seen_within_seconds(string settings)
    {
        await using OwnSshd sshd = await OwnSshd.StartAsync(settings);
        TestLab lab = await TestLab.GetAsync();

        // Made and removed by another road, since this one will be of no use at the end.
        await using LightContainer container = await LightContainer.StartAsync(lab.Milan, lab.LightImage);
        await using DockerConnector connector = new();
        IDockerEngine engine = await connector.ConnectAsync(sshd.Host, CancellationToken.None);
        await using IExecProcess process = await engine.StartExecAsync(
            container.Name, new(["sh", "-c", "while :; do echo tick; sleep 0.2; done"]), CancellationToken.None);
        Task reading = Task.Run(async () =>
        {
            await foreach (OutputChunk chunk in process.ReadOutputAsync(CancellationToken.None))
            {
                if (chunk.Data.Length > 0)
                {
                    sshd.Freeze();
                }
            }
        });
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("SshConnectionLost", failure.ErrorId);
    }

    [Theory]
    [InlineData("DOCKER_HOST=unix:///nowhere/docker.sock", "NoEngine")]
    [InlineData("PATH=/nowhere", "DockerMissing")]
    public async Task What_the_host_lacks_is_told(string environment, string errorId)
    {
        await using OwnSshd sshd = await OwnSshd.StartAsync("", environment);
        await using DockerConnector connector = new();
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(
            () => connector.ConnectAsync(sshd.Host, CancellationToken.None));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal("own", failure.Target);
    }
}
