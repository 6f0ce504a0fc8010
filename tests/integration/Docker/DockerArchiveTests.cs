using System.Formats.Tar;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>Tars into containers and out of them.</summary>
public sealed class DockerArchiveTests
{
    private static readonly string[] OddNames =
    [
        "plain", "with space", "new\nline", "quote'", "double\"quote", "back\\slash", "-dash", "$(reboot)", "`x`", "ünïcødé", "日本語", "emoji-😀", "a;b|c&d", "*?[]", "tab\t",
    ];

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task Files_of_odd_names_come_back_as_they_went(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        MemoryStream tar = new();
        await using (TarWriter writer = new(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (string name in OddNames)
            {
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "odd/" + name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes("content of " + name)),
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    Uid = 33,
                    Gid = 33,
                });
            }
        }

        tar.Position = 0;
        await container.Engine.PutArchiveAsync(container.Name, "/srv", tar, CancellationToken.None);
        Assert.Equal($"{OddNames.Length}\n", (await container.RunAsync("sh", "-c", "find /srv/odd -type f -uid 33 -print0 | tr -cd '\\0' | wc -c")).Output);
        Dictionary<string, string> back = [];
        await using (Stream stream = await container.Engine.GetArchiveAsync(container.Name, "/srv/odd", CancellationToken.None))
        await using (TarReader reader = new(stream))
        {
            while (await reader.GetNextEntryAsync() is { } entry)
            {
                if (entry.EntryType == TarEntryType.RegularFile)
                {
                    using StreamReader text = new(entry.DataStream!);
                    back[entry.Name] = await text.ReadToEndAsync();
                    Assert.Equal(33, entry.Uid);
                }
            }
        }

        Assert.Equal(OddNames.Order(StringComparer.Ordinal), back.Keys.Select(name => name["odd/".Length..]).Order(StringComparer.Ordinal));
        Assert.All(back, file => Assert.Equal("content of " + file.Key["odd/".Length..], file.Value));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task Missing_paths_and_containers_are_told_apart(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        Assert.Equal("PathNotFound", await FailAsync(() => container.Engine.GetArchiveAsync(container.Name, "/no/such", CancellationToken.None)));
        Assert.Equal(
            "PathNotFound",
            await FailAsync(() => container.Engine.PutArchiveAsync(container.Name, "/no/such", new MemoryStream(new byte[5_000_000]), CancellationToken.None)));
        Assert.Equal("ContainerNotFound", await FailAsync(() => container.Engine.GetArchiveAsync("docker-none", "/etc", CancellationToken.None)));
        Assert.Null(await container.Engine.Containers.FindPathAsync(container.Name, "/no/such", CancellationToken.None));
        Assert.Equal("ContainerNotFound", await FailAsync(() => container.Engine.Containers.FindPathAsync("docker-none", "/etc", CancellationToken.None)));
        ContainerPath? etc = await container.Engine.Containers.FindPathAsync(container.Name, "/etc", CancellationToken.None);
        Assert.Equal(("etc", true, 0b111_101_101), (etc!.Name, etc.IsDirectory, etc.Permissions));
    }

    [Fact]
    public async Task A_source_that_fails_is_the_failure()
    {
        await using LightContainer container = await LightContainer.StartAsync("local");
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            container.Engine.PutArchiveAsync(container.Name, "/srv", new FailingStream(), CancellationToken.None));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task Giving_up_a_large_archive_is_quick(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        Stream stream = await container.Engine.GetArchiveAsync(container.Name, "/usr", CancellationToken.None);
        Assert.True(await stream.ReadAsync(new byte[1024]) > 0);
        await stream.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, (await container.RunAsync("true")).ExitCode);
    }

    private static async Task<string> FailAsync(Func<Task> action) => (await Assert.ThrowsAsync<AsterisellException>(action)).ErrorId;

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidDataException("the source broke");
    }
}
