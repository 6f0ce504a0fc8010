using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>Engines that go away while they are used, in a lab of their own.</summary>
[Collection(RunsAlone.Name)]
public sealed class EngineStoppedTests
{
    [Fact]
    public async Task An_engine_stopped_in_mid_stream_is_a_failure_within_seconds_on_every_road()
    {
        TestLab shared = await TestLab.GetAsync();
        string name = $"docker-stop-{Environment.ProcessId}";
        await LabCommand.RunAsync(["up", "--name", name, "--owner", $"{Environment.ProcessId}"]);
        try
        {
            string state = Path.Combine(Path.GetDirectoryName(shared.StateFolder)!, name);
            AsterisellHost[] hosts =
            [
                new() { Name = "local", Endpoint = new Uri($"unix://{state}/local/docker.sock") },
                new() { Name = "milan", Endpoint = new Uri("ssh://milan"), SshConfigFile = $"{state}/ssh/config" },
            ];
            await using DockerConnector connector = new();
            List<Task<AsterisellException>> failures = [];
            foreach (AsterisellHost host in hosts)
            {
                IDockerEngine engine = await connector.ConnectAsync(host, CancellationToken.None);
                await engine.Containers.CreateAsync(new("docker-stop", shared.LightImage) { Network = "none" }, CancellationToken.None);
                await engine.StartContainerAsync("docker-stop", CancellationToken.None);
                IExecProcess process = await engine.StartExecAsync(
                    "docker-stop", new(["sh", "-c", "while :; do echo tick; sleep 0.1; done"]), CancellationToken.None);
                failures.Add(FailAsync(() => LightContainer.EndAsync(process)));
                failures.Add(FailAsync(() => FollowAsync(engine)));
                failures.Add(FailAsync(() => engine.Containers.WaitAsync("docker-stop", CancellationToken.None)));
            }

            await Task.Delay(500);
            Assert.DoesNotContain(failures, failure => failure.IsCompleted);
            await LabCommand.RunAsync(["down", "--name", name]);
            AsterisellException[] all = await Task.WhenAll(failures).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.All(all, failure => Assert.Contains(
                failure.Kind, new[] { ErrorKind.Connection, ErrorKind.Timeout }));
        }
        finally
        {
            await LabCommand.RunAsync(["down", "--name", name]);
        }
    }

    private static async Task FollowAsync(IDockerEngine engine)
    {
        await foreach (OutputChunk chunk in engine.ReadLogsAsync("docker-stop", new() { Follow = true }, CancellationToken.None))
        {
            Assert.False(chunk.Data.IsEmpty);
        }
    }

    private static async Task<AsterisellException> FailAsync(Func<Task> action) => await Assert.ThrowsAsync<AsterisellException>(action);
}
