using System.Diagnostics;
using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>The road through a real sshd, and what can go wrong on it. Alone, since it looks at all of this process's connections.</summary>
[Collection(RunsAlone.Name)]
public sealed class DockerOverSshTests
{
    [Fact]
    public async Task An_untrusted_host_key_is_refused_with_the_way_to_trust_it()
    {
        using SshFolder folder = new(await TestLab.GetAsync());
        folder.Write("known_hosts", "");
        AsterisellException failure = await folder.FailAsync();
        Assert.Equal(("HostKeyUnknown", ErrorKind.Authentication), (failure.ErrorId, failure.Kind));
        Assert.Contains($"ssh-keyscan -p {folder.Port} 127.0.0.1", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_host_key_is_refused()
    {
        using SshFolder folder = new(await TestLab.GetAsync());
        folder.CreateKey("other");
        folder.Write("known_hosts", $"[127.0.0.1]:{folder.Port} {folder.Read("other.pub")}");
        AsterisellException failure = await folder.FailAsync();
        Assert.Equal("HostKeyChanged", failure.ErrorId);
    }

    [Fact]
    public async Task A_key_that_the_host_does_not_know_is_refused()
    {
        using SshFolder folder = new(await TestLab.GetAsync());
        File.Delete(folder.Path("client_key"));
        folder.CreateKey("client_key");
        AsterisellException failure = await folder.FailAsync();
        Assert.Equal("SshLoginRefused", failure.ErrorId);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_seen_within_seconds()
    {
        using SshFolder folder = new(await TestLab.GetAsync());
        folder.Write("config", folder.Read("config").Replace($"Port {folder.Port}", "Port 1", StringComparison.Ordinal));
        long start = Stopwatch.GetTimestamp();
        AsterisellException failure = await folder.FailAsync();
        Assert.Equal("HostUnreachable", failure.ErrorId);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_host_that_takes_connections_and_says_nothing_is_seen_in_time()
    {
        using System.Net.Sockets.TcpListener silent = new(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        int port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        using SshFolder folder = new(await TestLab.GetAsync());
        folder.Write("config", folder.Read("config").Replace($"Port {folder.Port}", $"Port {port}", StringComparison.Ordinal));
        AsterisellException failure = await folder.FailAsync();
        Assert.Contains(failure.ErrorId, new[] { "HostUnreachable", "SshTimeout" });
    }

    [Fact]
    public async Task A_broken_ssh_config_is_told()
    {
        using SshFolder folder = new(await TestLab.GetAsync());
        folder.Write("config", "Hots milan\n");
        AsterisellException failure = await folder.FailAsync();
        Assert.Equal("SshConfigInvalid", failure.ErrorId);
        Assert.Contains("Hots", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task More_streams_than_sshd_allows_on_one_connection_are_served()
    {
        await using LightContainer container = await LightContainer.StartAsync("milan");
        using CancellationTokenSource stop = new(TimeSpan.FromMinutes(2));
        List<IExecProcess> open = [];
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 25).Select(async _ =>
            {
                IExecProcess process = await container.Engine.StartExecAsync(container.Name, new(["cat"]) { AttachInput = true }, stop.Token);
                lock (open)
                {
                    open.Add(process);
                }
            }));
            Assert.Equal(0, (await container.RunAsync("true")).ExitCode);
            foreach (IExecProcess process in open)
            {
                await process.Input.WriteAsync("ping"u8.ToArray(), stop.Token);
                await process.CompleteInputAsync(stop.Token);
                Assert.Equal((0, "ping", ""), await LightContainer.EndAsync(process));
            }
        }
        finally
        {
            foreach (IExecProcess process in open)
            {
                await process.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_shared_connection_killed_in_mid_stream_is_a_failure_within_seconds_and_the_next_call_works()
    {
        await using LightContainer container = await LightContainer.StartAsync("milan");
        await using IExecProcess process = await container.Engine.StartExecAsync(
            container.Name, new(["sh", "-c", "while :; do echo tick; sleep 0.2; done"]), CancellationToken.None);
        TaskCompletionSource running = new();
        Task reading = Task.Run(async () =>
        {
            await foreach (OutputChunk chunk in process.ReadOutputAsync(CancellationToken.None))
            {
                running.TrySetResult();
            }

            await process.GetExitCodeAsync(CancellationToken.None);
        });
        await running.Task.WaitAsync(TimeSpan.FromSeconds(20));
        SharedConnections.Kill();

        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => reading.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Contains(failure.ErrorId, new[] { "SshConnectionLost", "ConnectionLost" });
        Assert.Equal((0, "again\n", ""), await container.RunAsync("echo", "again"));
    }

    [Fact]
    public async Task Nothing_is_left_when_done()
    {
        string? folder;
        await using (LightContainer container = await LightContainer.StartAsync("milan"))
        {
            Assert.Equal(0, (await container.RunAsync("true")).ExitCode);
            folder = SharedConnections.Folder(Assert.Single(SharedConnections.Find()));
            Assert.True(Directory.Exists(folder));
        }

        Assert.Empty(SharedConnections.Find());
        Assert.False(Directory.Exists(folder));
    }
}
