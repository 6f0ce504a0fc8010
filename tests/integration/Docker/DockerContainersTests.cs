using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>The life of a container, its log, and what an engine tells of itself.</summary>
public sealed class DockerContainersTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task A_container_lives_from_creation_to_removal(string engineName)
    {
        TestLab lab = await TestLab.GetAsync();
        await using DockerConnector connector = new();
        IDockerEngine engine = await connector.ConnectAsync(LightContainer.Host(lab, engineName), CancellationToken.None);
        string name = $"docker-life-{Guid.NewGuid():N}"[..24];
        ContainerDefinition definition = new(name, lab.LightImage)
        {
            Entrypoint = ["/usr/bin/tini", "--"],
            Command = ["sh", "-c", "trap 'exit 5' TERM; echo $WORD; while :; do sleep 0.1; done"],
            Hostname = "inside",
            Network = "none",
            Environment = new Dictionary<string, string> { ["WORD"] = "a b" },
            Labels = new Dictionary<string, string> { ["asterisell.test"] = name },
            Mounts = [new("volume", name + "-data", "/srv/data", false), new("tmpfs", "", "/srv/fast", false)],
            Ports = [new(80, "tcp", "127.0.0.1", 0)],
            Limits = new() { MemoryBytes = 64 << 20, Cpus = 0.5, RestartPolicy = "unless-stopped" },
            StopGrace = TimeSpan.FromSeconds(7),
            LogBytes = 1 << 20,
        };
        string id = await engine.Containers.CreateAsync(definition, CancellationToken.None);
        try
        {
            Assert.Equal("created", (await engine.FindContainerAsync(name, CancellationToken.None))!.State);
            Assert.Equal("EngineConflict", await FailAsync(() => engine.Containers.CreateAsync(definition, CancellationToken.None)));
            Assert.Equal("ContainerNotRunning", await FailAsync(() => engine.StartExecAsync(name, new(["true"]), CancellationToken.None)));
            Assert.True(await engine.StartContainerAsync(name, CancellationToken.None));
            Assert.False(await engine.StartContainerAsync(name, CancellationToken.None));

            ContainerDetail detail = (await engine.FindContainerAsync(id, CancellationToken.None))!;
            Assert.Equal((id, name, lab.LightImage, true), (detail.Id, detail.Name, detail.Image, detail.IsRunning));
            Assert.Equal((64L << 20, 0.5, "unless-stopped"), (detail.MemoryLimitBytes, detail.CpuLimit, detail.RestartPolicy));
            Assert.Contains(new ContainerMount("volume", name + "-data", "/srv/data", false), detail.Mounts);
            Assert.Equal(name, detail.Labels["asterisell.test"]);
            Assert.InRange(detail.StartedAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));

            ContainerSummary listed = Assert.Single(await engine.Containers.ListAsync(new() { Labels = ["asterisell.test=" + name] }, CancellationToken.None));
            Assert.Equal((id, name, "running"), (listed.Id, listed.Name, listed.State));

            ContainerUsage usage = await engine.Containers.MeasureAsync(name, CancellationToken.None);
            Assert.InRange(usage.MemoryBytes, 1, 64 << 20);
            Assert.Equal(64 << 20, usage.MemoryLimitBytes);
            Assert.True(usage.Processes >= 1);
            ProcessTable top = await engine.Containers.TopAsync(name, null, CancellationToken.None);
            Assert.Contains("PID", top.Titles);
            Assert.NotEmpty(top.Processes);

            await engine.Containers.UpdateAsync(name, new() { MemoryBytes = 96 << 20, RestartPolicy = "no" }, CancellationToken.None);
            await engine.Containers.RenameAsync(name, name + "x", CancellationToken.None);
            ContainerDetail renamed = (await engine.FindContainerAsync(name + "x", CancellationToken.None))!;
            Assert.Equal((id, 96L << 20, "no"), (renamed.Id, renamed.MemoryLimitBytes, renamed.RestartPolicy));

            Task<int> end = engine.Containers.WaitAsync(id, CancellationToken.None);
            Assert.True(await engine.StopContainerAsync(id, TimeSpan.FromSeconds(20), CancellationToken.None));
            Assert.False(await engine.StopContainerAsync(id, TimeSpan.FromSeconds(20), CancellationToken.None));
            int code = await end.WaitAsync(TimeSpan.FromSeconds(20));
            ContainerDetail stopped = (await engine.FindContainerAsync(id, CancellationToken.None))!;
            Assert.Equal(("exited", code), (stopped.State, stopped.ExitCode));
            Assert.NotNull(stopped.FinishedAt);
        }
        finally
        {
            await engine.Containers.RemoveAsync(id, force: true, withAnonymousVolumes: true, CancellationToken.None);
            await engine.Volumes.RemoveAsync(name + "-data", CancellationToken.None);
        }

        Assert.Null(await engine.FindContainerAsync(id, CancellationToken.None));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task A_log_is_read_from_its_end_and_followed(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(
            engine, "sh", "-c", "echo one; echo two; echo wrong >&2; while [ ! -e /srv/go ]; do sleep 0.1; done; echo three; sleep 1000");
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(30));
        StringBuilder output = new();
        StringBuilder error = new();
        await foreach (OutputChunk chunk in container.Engine.ReadLogsAsync(container.Name, new() { Follow = true }, stop.Token))
        {
            (chunk.Source == OutputSource.Error ? error : output).Append(Encoding.UTF8.GetString(chunk.Data.Span));
            if (error.Length > 0 && output.ToString() == "one\ntwo\n")
            {
                await container.RunAsync("touch", "/srv/go");
            }

            if (output.ToString().EndsWith("three\n", StringComparison.Ordinal))
            {
                break;
            }
        }

        Assert.Equal(("one\ntwo\nthree\n", "wrong\n"), (output.ToString(), error.ToString()));
        Assert.Equal("three\n", await ReadAsync(container, new() { Tail = 1 }));
        Assert.Equal("", await ReadAsync(container, new() { Since = DateTimeOffset.UtcNow.AddMinutes(5) }));
        string stamped = await ReadAsync(container, new() { Tail = 1, Timestamps = true });
        Assert.True(DateTimeOffset.TryParse(stamped.Split(' ')[0][..23] + "Z", System.Globalization.CultureInfo.InvariantCulture, out _), stamped);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task Following_a_silent_log_is_cancelled_within_a_second(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        using CancellationTokenSource stop = new();
        Task following = Task.Run(async () =>
        {
            await foreach (OutputChunk chunk in container.Engine.ReadLogsAsync(container.Name, new() { Follow = true }, stop.Token))
            {
                Assert.False(chunk.Data.IsEmpty);
            }
        });
        await Task.Delay(500);
        Assert.False(following.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task An_engine_tells_of_itself_and_of_what_happens(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        EngineInfo info = await container.Engine.GetInfoAsync(CancellationToken.None);
        Assert.StartsWith("20.10.", info.ServerVersion, StringComparison.Ordinal);
        Assert.Equal(new ApiVersion(1, 41), info.ApiVersion);
        Assert.True(info is { Cpus: > 0, MemoryBytes: > 0, StorageDriver: "overlay2", ContainersRunning: > 0 });
        Assert.InRange(info.Clock!.Value, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.InRange(await container.Engine.PingAsync(CancellationToken.None), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        DateTimeOffset since = DateTimeOffset.UtcNow.AddSeconds(-1);
        await container.Engine.Containers.KillAsync(container.Name, "SIGKILL", CancellationToken.None);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(20));
        EventFilter filter = new() { Since = since, Kinds = ["container"], Containers = [container.Name], Actions = ["die"] };
        await foreach (EngineEvent happened in container.Engine.ReadEventsAsync(filter, stop.Token))
        {
            Assert.Equal(("container", "die", "137"), (happened.Kind, happened.Action, happened.Attributes["exitCode"]));
            Assert.Equal(container.Name, happened.Attributes["name"]);
            break;
        }
    }

    [Fact]
    public async Task Images_volumes_and_networks_are_listed_made_and_removed()
    {
        TestLab lab = await TestLab.GetAsync();
        await using LightContainer container = await LightContainer.StartAsync("local");
        IDockerEngine engine = container.Engine;
        string name = $"docker-{Guid.NewGuid():N}"[..20];
        ImageDetail image = (await engine.Images.FindAsync(lab.LightImage, CancellationToken.None))!;
        Assert.Contains(lab.LightImage, image.Names);
        Assert.Null(await engine.Images.FindAsync("asterisell-lab:none", CancellationToken.None));
        await engine.Images.TagAsync(lab.LightImage, name, "1", CancellationToken.None);
        Assert.Contains(await engine.Images.ListAsync(CancellationToken.None), i => i.Id == image.Id && i.Names.Contains($"{name}:1"));
        await engine.Images.RemoveAsync($"{name}:1", force: false, CancellationToken.None);
        Assert.Null(await engine.Images.FindAsync($"{name}:1", CancellationToken.None));

        Dictionary<string, string> labels = new() { ["asterisell.test"] = "yes" };
        await engine.Volumes.CreateAsync(name, labels, CancellationToken.None);
        Assert.Equal("yes", (await engine.Volumes.FindAsync(name, CancellationToken.None))!.Labels["asterisell.test"]);
        Assert.Contains(await engine.Volumes.ListAsync(CancellationToken.None), volume => volume.Name == name);
        await engine.Volumes.RemoveAsync(name, CancellationToken.None);
        Assert.Null(await engine.Volumes.FindAsync(name, CancellationToken.None));
        Assert.Contains(await engine.Networks.ListAsync(CancellationToken.None), network => network is { Name: "none", Driver: "null" });
    }

    [Fact]
    public async Task An_image_is_built_saved_and_loaded()
    {
        TestLab lab = await TestLab.GetAsync();
        await using LightContainer container = await LightContainer.StartAsync("local");
        IDockerImages images = container.Engine.Images;
        string name = $"docker-{Guid.NewGuid():N}"[..20] + ":1";
        MemoryStream context = new();
        await using (System.Formats.Tar.TarWriter writer = new(context, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "Dockerfile")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes($"FROM {lab.LightImage}\nARG word\nLABEL word=$word\n")),
            });
        }

        context.Position = 0;
        ImageBuild build = new(name) { Arguments = new Dictionary<string, string> { ["word"] = "given" } };
        Assert.NotEmpty(await CollectAsync(images.BuildAsync(context, build, CancellationToken.None)));
        Assert.Equal("given", (await images.FindAsync(name, CancellationToken.None))!.Labels["word"]);

        string file = Path.GetTempFileName();
        try
        {
            await using (Stream tar = await images.SaveAsync([name], CancellationToken.None))
            await using (FileStream copy = File.Create(file))
            {
                await tar.CopyToAsync(copy);
            }

            await images.RemoveAsync(name, force: true, CancellationToken.None);
            await using FileStream saved = File.OpenRead(file);
            await CollectAsync(images.LoadAsync(saved, CancellationToken.None));
            Assert.NotNull(await images.FindAsync(name, CancellationToken.None));
        }
        finally
        {
            File.Delete(file);
            await images.RemoveAsync(name, force: true, CancellationToken.None);
        }

        context = new MemoryStream(new byte[1024]);
        Assert.Contains(
            (await Assert.ThrowsAsync<AsterisellException>(() => CollectAsync(images.BuildAsync(context, build, CancellationToken.None)))).ErrorId,
            new[] { "EngineFailed", "EngineRefused" });
    }

    private static async Task<string> ReadAsync(LightContainer container, LogRequest request)
    {
        MemoryStream all = new();
        await foreach (OutputChunk chunk in container.Engine.ReadLogsAsync(container.Name, request, CancellationToken.None))
        {
            all.Write(chunk.Data.Span);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    private static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items)
        {
            all.Add(item);
        }

        return all;
    }

    private static async Task<string> FailAsync(Func<Task> action) => (await Assert.ThrowsAsync<AsterisellException>(action)).ErrorId;
}
