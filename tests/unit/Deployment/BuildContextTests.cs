using System.Formats.Tar;
using Asterisell.Engine.Deployment.Images;
using Asterisell.Tests.Unit.Inventory.Generated;

namespace Asterisell.Tests.Unit.Deployment;

public sealed class BuildContextTests : IDisposable
{
    private static readonly string ModuleFolder = Path.Combine(GeneratedFilesTests.Root, "module/image");
    private static readonly AsterisellHost Host = new() { Name = "local", Endpoint = new Uri("unix:///nowhere") };

    private readonly string folder = Directory.CreateTempSubdirectory("context").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_modules_own_context_is_whole_and_its_programs_can_run()
    {
        (List<TarEntry> entries, _) = await ReadAsync(new ImageSettings { PhpPackages = ["php-cli"], ExtraPackages = ["lftp", "php-cli"] });
        string[] names = [.. entries.Select(entry => entry.Name)];
        Assert.Contains("Dockerfile", names);
        Assert.Contains("rootfs/etc/", names);
        Assert.Equal("php-cli\nlftp\n", await TextAsync(entries.Single(entry => entry.Name == ContextReader.Packages)));
        Assert.All(entries, entry => Assert.Equal(DateTimeOffset.UnixEpoch, entry.ModificationTime));
        foreach (TarEntry entry in entries.Where(entry => entry.EntryType == TarEntryType.RegularFile))
        {
            bool runs = (await TextAsync(entry)).StartsWith("#!", StringComparison.Ordinal);
            Assert.Equal((entry.Name, runs ? "755" : "644"), (entry.Name, Convert.ToString((int)entry.Mode, 8)));
        }
    }

    [Fact]
    public async Task The_hash_tells_what_matters_from_what_does_not()
    {
        string first = (await ReadAsync(new ImageSettings())).Hash;
        Assert.Equal(first, (await ReadAsync(new ImageSettings { Name = "other" })).Hash);
        Assert.NotEqual(first, (await ReadAsync(new ImageSettings { ExtraPackages = ["lftp"] })).Hash);
    }

    [Fact]
    public async Task A_folder_of_ones_own_goes_as_it_is()
    {
        string dockerfile = Path.Combine(folder, "Dockerfile.old");
        await File.WriteAllTextAsync(dockerfile, "FROM scratch\n");
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        string program = Path.Combine(folder, "sub", new string('n', 150));
        await File.WriteAllTextAsync(program, "#!/bin/sh\n");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "sub/x");
        ImageSettings image = new() { Dockerfile = dockerfile, ExtraPackages = ["lftp"] };
        (List<TarEntry> entries, string first) = await ReadAsync(image);
        Assert.Equal(["Dockerfile.old", "link", "sub/", "sub/" + new string('n', 150)], entries.Select(entry => entry.Name));
        Assert.Equal("sub/x", entries[1].LinkName);

        File.SetLastWriteTimeUtc(program, DateTime.UnixEpoch);
        Assert.Equal(first, (await ReadAsync(image)).Hash);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            string second = (await ReadAsync(image)).Hash;
            Assert.NotEqual(first, second);
            first = second;
        }

        File.Move(program, Path.Combine(folder, "sub/y"));
        Assert.NotEqual(first, (await ReadAsync(image)).Hash);
    }

    [Fact]
    public async Task A_dockerfile_that_is_not_there_is_said()
    {
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(
            () => ReadAsync(new ImageSettings { Dockerfile = Path.Combine(folder, "nowhere/Dockerfile") }));
        Assert.Equal(nameof(ImageErrors.DockerfileNotReadable), error.ErrorId);
    }

    [Fact]
    public void Instances_that_share_an_image_build_it_once_a_host()
    {
        AsterisellInstance one = new() { Name = "one", Host = Host };
        AsterisellInstance[] instances =
        [
            one, one with { Name = "two" }, one with { Name = "three", Host = Host with { Name = "milan" } },
            one with { Name = "four", Settings = one.Settings with { Image = new ImageSettings { Name = "own" } } },
        ];
        Assert.Equal(
            ["asterisell/debian12:latest on local: one two", "asterisell/debian12:latest on milan: three", "own:latest on local: four"],
            ImagePlan.Of(instances).Select(plan => $"{plan}: {string.Join(' ', plan.Instances)}"));
    }

    [Theory]
    [InlineData("debian", "debian", "latest")]
    [InlineData("debian:bookworm", "debian", "bookworm")]
    [InlineData("host:5000/a/b", "host:5000/a/b", "latest")]
    [InlineData("host:5000/a:1", "host:5000/a", "1")]
    [InlineData("a:1@sha256:00", "a", "sha256:00")]
    public void A_name_has_a_repository_and_a_tag(string name, string repository, string tag) =>
        Assert.Equal((repository, tag), ImageReference.Split(name));

    [Fact]
    public void What_the_engine_says_is_kept_by_steps()
    {
        var transcript = new BuildTranscript();
        transcript.Add("Step 1/2 : FROM x\n ---> 123\nStep 2/");
        Assert.Equal(("step 1/2 (FROM x)", 0), (transcript.Step, transcript.Percent));
        transcript.Add("2 : RUN make\n\u001b[91mfirst\r\n\u001b[0m");
        transcript.Add(string.Concat(Enumerable.Range(1, 30).Select(line => $"line {line}\n")) + "the end");
        Assert.Equal(("step 2/2 (RUN make)", 50), (transcript.Step, transcript.Percent));
        Assert.Equal([.. Enumerable.Range(16, 15).Select(line => $"line {line}"), "the end"], transcript.LastLines);
    }

    private static async Task<(List<TarEntry> Entries, string Hash)> ReadAsync(ImageSettings image)
    {
        await using var context = new BuildContext();
        await ContextReader.ReadAsync(context, new ImagePlan(Host, image, []), ModuleFolder, CancellationToken.None);
        (Stream tar, string hash) = await context.EndAsync();
        List<TarEntry> entries = [];
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return (entries, hash);
    }

    private static async Task<string> TextAsync(TarEntry entry)
    {
        entry.DataStream!.Position = 0;
        return await new StreamReader(entry.DataStream, leaveOpen: true).ReadToEndAsync();
    }
}
