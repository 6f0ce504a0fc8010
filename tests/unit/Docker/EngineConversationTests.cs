using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>What is asked of an engine, how often, and how its answers are understood.</summary>
public sealed class EngineConversationTests
{
    [Theory]
    [InlineData("1.41", "/v1.41/")]
    [InlineData("1.47", "/v1.47/")]
    [InlineData("1.52", "/v1.47/")]
    [InlineData("2.0", "/v1.47/")]
    public async Task Speaks_the_older_of_both_versions(string engineVersion, string prefix)
    {
        await using FakeEngine fake = FakeEngine.StartRaw(exchange => exchange.FirstLine.Contains("/_ping", StringComparison.Ordinal)
            ? exchange.SendAsync(FakeEngine.Ping.Replace("1.41", engineVersion, StringComparison.Ordinal))
            : exchange.SendAsync(RecordedAnswers.Container));
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        ContainerDetail? container = await engine.FindContainerAsync("billing", CancellationToken.None);
        Assert.NotNull(container);
        Assert.Equal($"GET {prefix}containers/billing/json HTTP/1.1", fake.Requests.Last());
    }

    [Fact]
    public async Task An_engine_that_refuses_our_newest_version_is_too_new()
    {
        await using FakeEngine fake = FakeEngine.StartWith(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 73\r\n\r\n"
            + "client version 1.47 is too old. Minimum supported API version is 1.60, so");
        AsterisellException? failure = await EngineProbe.RunAsync(fake, "inspect");
        Assert.Equal("EngineTooNew", failure?.ErrorId);
    }

    [Fact]
    public async Task A_container_is_understood()
    {
        await using FakeEngine fake = FakeEngine.Start(exchange => exchange.SendAsync(RecordedAnswers.Container));
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        ContainerDetail container = (await engine.FindContainerAsync("billing", CancellationToken.None))!;
        Assert.Equal("billing", container.Name);
        Assert.Equal("asterisell/centos7", container.Image);
        Assert.True(container.IsRunning);
        Assert.Null(container.FinishedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 23, 4, 27, TimeSpan.Zero).AddTicks(5387115), container.StartedAt);
        Assert.Equal(1.5, container.CpuLimit);
        Assert.Equal(1 << 30, container.MemoryLimitBytes);
        Assert.Equal(new ContainerMount("volume", "data", "/var", false), Assert.Single(container.Mounts));
        Assert.Equal(new ContainerPort(80, "tcp", "127.0.0.1", 8100), Assert.Single(container.Ports));
        Assert.Null(container.StartError);
    }

    [Fact]
    public async Task An_exec_costs_three_requests_and_reuses_its_connection()
    {
        await using FakeEngine fake = FakeEngine.Start(RecordedAnswers.Exec(RecordedAnswers.Output));
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        for (int i = 0; i < 5; i++)
        {
            await using IExecProcess process = await engine.StartExecAsync("billing", new(["true"]), CancellationToken.None);
            Assert.Equal("OoutEerr", await EngineProbe.ReadAsync(process.ReadOutputAsync(CancellationToken.None)));
            Assert.Equal(7, await process.GetExitCodeAsync(CancellationToken.None));
        }

        Assert.Equal(1 + (5 * 3), fake.Requests.Count); // one ping for all
        Assert.Equal(1 + 5, fake.Connections); // one for the short requests, one that each program takes over
    }

    [Fact]
    public async Task What_was_asked_reaches_the_engine_as_data()
    {
        byte[] create = [];
        await using FakeEngine fake = FakeEngine.Start(exchange =>
        {
            create = exchange.FirstLine.Contains("/exec ", StringComparison.Ordinal) ? exchange.Body : create;
            return RecordedAnswers.Exec([])(exchange);
        });
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        ExecRequest request = new(["sh", "-c", "echo \"$1\"", "sh", "a'b\"c\n$(x) ñ"]) { User = "apache", WorkingDirectory = "/var/www", AttachInput = true };
        await using IExecProcess process = await engine.StartExecAsync("billing", request, CancellationToken.None);
        using System.Text.Json.JsonDocument sent = System.Text.Json.JsonDocument.Parse(create);
        Assert.Equal(request.Arguments, sent.RootElement.GetProperty("Cmd").EnumerateArray().Select(e => e.GetString()!));
        Assert.Equal("apache", sent.RootElement.GetProperty("User").GetString());
        Assert.Equal("/var/www", sent.RootElement.GetProperty("WorkingDir").GetString());
        Assert.True(sent.RootElement.GetProperty("AttachStdin").GetBoolean());
        Assert.False(sent.RootElement.GetProperty("Tty").GetBoolean());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("-v")]
    [InlineData("a?x=1")]
    [InlineData("a%2fb")]
    [InlineData("a\r\nHost: x")]
    public async Task A_name_that_could_lead_elsewhere_is_not_sent(string name)
    {
        await using FakeEngine fake = FakeEngine.Start(exchange => exchange.SendAsync(RecordedAnswers.Container));
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => engine.FindContainerAsync(name, CancellationToken.None));
        Assert.Equal("InvalidContainerName", failure.ErrorId);
        Assert.Single(fake.Requests);
    }

    [Theory]
    [InlineData("GET", 2)]
    [InlineData("POST", 1)]
    public async Task Only_what_changes_nothing_is_asked_again_after_a_stale_connection(string method, int expected)
    {
        // Every second request on a connection finds it closed, as after an engine's restart.
        int asked = 0;
        await using FakeEngine fake = FakeEngine.Start(exchange =>
        {
            if (exchange.FirstLine.Contains("/info", StringComparison.Ordinal))
            {
                return exchange.SendAsync(RecordedAnswers.Json("""{"ID":"a","Name":"b","ServerVersion":"c"}"""));
            }

            asked++;
            if (asked == 1)
            {
                exchange.Close();
                return Task.CompletedTask;
            }

            return exchange.SendAsync(method == "GET" ? RecordedAnswers.Container : Encoding.ASCII.GetBytes("HTTP/1.1 204 No Content\r\n\r\n"));
        });
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        await engine.GetInfoAsync(CancellationToken.None);
        if (method == "GET")
        {
            Assert.NotNull(await engine.FindContainerAsync("billing", CancellationToken.None));
        }
        else
        {
            AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(
                () => engine.Containers.KillAsync("billing", "SIGTERM", CancellationToken.None));
            Assert.Equal("ConnectionLost", failure.ErrorId);
        }

        Assert.Equal(expected, asked);
    }

    [Fact]
    public async Task Many_who_wait_for_a_silent_engine_share_one_timeout()
    {
        int pings = 0;
        await using FakeEngine fake = FakeEngine.StartRaw(exchange =>
        {
            pings++;
            return Task.Delay(Timeout.Infinite, exchange.End);
        });
        await using DockerConnector connector = new(FakeEngine.Limits with { QuickAnswer = TimeSpan.FromSeconds(2) });
        AsterisellException[] failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
            await Assert.ThrowsAsync<AsterisellException>(() => connector.ConnectAsync(fake.Host, CancellationToken.None))));
        Assert.All(failures, failure => Assert.Equal("EngineTimeout", failure.ErrorId));
        Assert.Equal(1, pings);
    }

    [Fact]
    public async Task No_socket_is_no_engine_and_another_s_socket_is_a_matter_of_permission()
    {
        await using DockerConnector connector = new();
        AsterisellHost host = new() { Name = "gone", Endpoint = new Uri("unix:///nowhere/docker.sock") };
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => connector.ConnectAsync(host, CancellationToken.None));
        Assert.Equal("NoEngine", failure.ErrorId);
        Assert.Contains("/nowhere/docker.sock", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:2375")]
    [InlineData("unix://docker.sock")]
    [InlineData("npipe:////./pipe/docker_engine")]
    [InlineData("tcp://user@host:2375")]
    public async Task An_endpoint_that_is_none_is_told(string endpoint)
    {
        await using DockerConnector connector = new();
        AsterisellHost host = new() { Name = "odd", Endpoint = new Uri(endpoint) };
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => connector.ConnectAsync(host, CancellationToken.None));
        Assert.Equal("InvalidEndpoint", failure.ErrorId);
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("logs")]
    [InlineData("events")]
    [InlineData("inspect")]
    public async Task Cancelling_ends_what_waits_at_once(string operation)
    {
        await using FakeEngine fake = FakeEngine.Start(async exchange =>
        {
            // As far as each goes before it has to wait.
            if (exchange.FirstLine.Contains("/start ", StringComparison.Ordinal))
            {
                await exchange.SendAsync(RecordedAnswers.Upgrade([]));
            }
            else if (exchange.FirstLine.Contains("/exec ", StringComparison.Ordinal))
            {
                await exchange.SendAsync(RecordedAnswers.ExecCreated);
                return;
            }
            else if (operation == "logs" && exchange.FirstLine.Contains("/json", StringComparison.Ordinal))
            {
                await exchange.SendAsync(RecordedAnswers.Container);
                return;
            }
            else if (operation is "logs" or "events")
            {
                await exchange.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            }

            await Task.Delay(Timeout.Infinite, exchange.End);
        });
        await using DockerConnector connector = new();
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task running = EngineProbe.Operations[operation](engine, stop.Token);
        await Task.Delay(300, CancellationToken.None);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(1)));
    }
}
