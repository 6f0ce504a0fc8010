using System.Formats.Tar;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration.Instances;

[Collection(OneDatabase.Name)]
public sealed class FilesTests(DatabaseContainer container)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly FileOwnership Root = new("root", "root", 0x1A4);

    private IInstanceFiles Files => container.Instance.Files;

    public static TheoryData<string> AwkwardNames => new(
        "plain", "with blank", "-rf", "new\nline\n", "quote'\"", "$HOME`id`", "back\\slash\\n", "*?[a]", "é€😀", " lead and trail ", "\udcff\udc80 not utf-8",
        "tab\t", "%s\\0", "--help", "#", "\u001b[31m");

    [Theory]
    [MemberData(nameof(AwkwardNames))]
    public async Task A_file_of_any_name_is_written_found_listed_read_and_packed(string name)
    {
        string folder = $"/srv/{Guid.NewGuid():N}";
        await container.ExecAsync("mkdir", folder);
        string path = $"{folder}/{name}";
        byte[] content = [0, 1, 2, 10, 13, 255, .. "text"u8];

        await Files.WriteAsync(path, content, new FileOwnership("www-data", "mysql", 0x1A0), None);
        InstanceFile found = (await Files.FindAsync(path, None))!;
        InstanceFile listed = Assert.Single(await ListAsync(folder, recurse: false));
        byte[] read = await Files.ReadAsync(path, 100, None);

        Assert.Equal(content, read);
        Assert.Equal(found, listed);
        Assert.Equal(
            (path, InstanceFileKind.File, content.LongLength, 0x1A0, "www-data", "mysql"),
            (found.Path, found.Kind, found.SizeBytes, found.Mode, found.Owner, found.Group));
        Assert.InRange(found.ModifiedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));

        string copies = $"/srv/{Guid.NewGuid():N}";
        await container.ExecAsync("mkdir", copies);
        await using (Stream tar = await Files.OpenTarAsync(path, None))
        {
            await Files.ExtractTarAsync(copies, tar, None);
        }

        Assert.Equal(content, await Files.ReadAsync($"{copies}/{name}", 100, None));
        Assert.Equal(found with { Path = $"{copies}/{name}", ModifiedAt = default }, await WithoutTimeAsync($"{copies}/{name}"));
    }

    [Fact]
    public async Task A_tree_is_listed_with_links_pipes_and_directories()
    {
        await container.ExecAsync(
            "bash", "-c", "mkdir -p /srv/tree/a/b && cd /srv/tree && echo x > a/b/file && ln -s 'no where' link && mkfifo pipe && touch -d '2001-02-03 04:05:06 UTC' old && chmod 4755 old");
        List<InstanceFile> all = await ListAsync("/srv/tree/", recurse: true);
        Assert.Equal(
            ["/srv/tree/a", "/srv/tree/a/b", "/srv/tree/a/b/file", "/srv/tree/link", "/srv/tree/old", "/srv/tree/pipe"],
            all.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Equal("no where", all.Single(file => file.Kind == InstanceFileKind.SymbolicLink).LinkTarget);
        Assert.Equal(InstanceFileKind.Other, all.Single(file => file.Path.EndsWith("pipe", StringComparison.Ordinal)).Kind);
        InstanceFile old = all.Single(file => file.Path.EndsWith("old", StringComparison.Ordinal));
        Assert.Equal((new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero), 0x9ED), (old.ModifiedAt, old.Mode));
        Assert.Equal(4, (await ListAsync("/srv/tree", recurse: false)).Count);
    }

    [Fact]
    public async Task Ten_thousand_files_are_listed()
    {
        await container.ExecAsync("bash", "-c", "mkdir /srv/many && cd /srv/many && seq 10000 | xargs touch");
        Assert.Equal(10_000, (await ListAsync("/srv/many", recurse: true)).Count);
    }

    [Fact]
    public async Task What_is_not_there_is_told_apart()
    {
        Assert.Null(await Files.FindAsync("/srv/nothing", None));
        await ThrowsAsync("FileNotFound", () => Files.ReadAsync("/srv/nothing", 10, None));
        await ThrowsAsync("FileNotFound", () => ListAsync("/srv/nothing", recurse: true));
        await ThrowsAsync("NotAFile", () => Files.ReadAsync("/etc", 10, None));
        await ThrowsAsync("NotAFile", () => Files.ReadAsync("/dev/zero", 10, None));
        await ThrowsAsync("NotAFile", () => ListAsync("/etc/passwd", recurse: true));
        await ThrowsAsync("NotAFile", () => Files.WriteAsync("/etc", "x"u8.ToArray(), Root, None));
        await ThrowsAsync("FileTooLarge", () => Files.ReadAsync("/usr/sbin/mariadbd", 1000, None));
        await ThrowsAsync("FileNotFound", async () => await (await Files.OpenTarAsync("/srv/nothing", None)).CopyToAsync(Stream.Null));
        await ThrowsAsync("FileNotWritten", () => Files.WriteAsync("/proc/1/never", "x"u8.ToArray(), Root, None));
        await Assert.ThrowsAsync<ArgumentException>(() => Files.FindAsync("relative", None));
    }

    [Fact]
    public async Task A_write_replaces_at_once_and_leaves_nothing_behind()
    {
        await container.ExecAsync("bash", "-c", "mkdir /srv/write && cd /srv/write && echo old > real && ln -s real link && chown mysql real");
        await Files.WriteAsync("/srv/write/link", "new"u8.ToArray(), Root, None);
        Assert.Equal(InstanceFileKind.File, (await Files.FindAsync("/srv/write/link", None))!.Kind);
        Assert.Equal("old\n", await container.ExecAsync("cat", "/srv/write/real"));

        await ThrowsAsync("FileNotWritten", () => Files.WriteAsync("/srv/write/link", "x"u8.ToArray(), new FileOwnership("no such user", "root", 0x1A4), None));
        Assert.Equal("new", await container.ExecAsync("cat", "/srv/write/link"));
        Assert.Equal(2, (await ListAsync("/srv/write", recurse: true)).Count);
        await Files.WriteAsync("/srv/write/empty", Array.Empty<byte>(), Root, None);
        Assert.Equal(0, (await Files.FindAsync("/srv/write/empty", None))!.SizeBytes);
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_file()
    {
        string small = $"instance-full-{Guid.NewGuid():N}"[..24];
        await container.DockerAsync("run", "--detach", "--pull", "never", "--name", small, "--tmpfs", "/small:size=64k", (await Lab.TestLab.GetAsync()).LightImage);
        try
        {
            await using var connector = new Engine.Docker.DockerConnector();
            IInstance instance = await new InstanceOpener(connector).OpenAsync(container.Instance.Definition with { Name = small }, None);
            await instance.Files.WriteAsync("/small/file", "old"u8.ToArray(), Root, None);
            await ThrowsAsync("DiskFull", () => instance.Files.WriteAsync("/small/file", new byte[200_000], Root, None));
            Assert.Equal("old"u8.ToArray(), await instance.Files.ReadAsync("/small/file", 10, None));
            Assert.Single(await ListAsync(instance.Files, "/small", recurse: true));

            await container.DockerAsync("kill", small);
            AsterisellException stopped = await ThrowsAsync("InstanceNotRunning", () => instance.Files.FindAsync("/small", None));
            Assert.Contains("code 137", stopped.Message, StringComparison.Ordinal);
            Assert.Contains($"Start-AsterisellInstance local/{small}", stopped.Message, StringComparison.Ordinal);
        }
        finally
        {
            await container.DockerAsync("rm", "--force", small);
        }
    }

    [Fact]
    public async Task A_tar_carries_owners_modes_and_links()
    {
        await container.ExecAsync("bash", "-c", "mkdir /srv/pack && cd /srv/pack && echo x > f && chmod 640 f && chown www-data:mysql f && ln -s f l");
        await using Stream tar = await Files.OpenTarAsync("/srv/pack", None);
        await using var reader = new TarReader(tar);
        var entries = new List<(string, TarEntryType, string, string, string)>();
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            var posix = (PosixTarEntry)entry;
            entries.Add((entry.Name, entry.EntryType, posix.UserName, posix.GroupName, entry.LinkName));
        }

        Assert.Contains(("pack/", TarEntryType.Directory, "root", "root", ""), entries);
        Assert.Contains(("pack/f", TarEntryType.RegularFile, "www-data", "mysql", ""), entries);
        Assert.Contains(("pack/l", TarEntryType.SymbolicLink, "root", "root", "f"), entries);
    }

    [Fact]
    public async Task A_tar_given_up_ends_the_program()
    {
        Stream tar = await Files.OpenTarAsync("/usr", None);
        byte[] some = new byte[100];
        await tar.ReadExactlyAsync(some);
        await tar.DisposeAsync();
        Assert.DoesNotContain("tar --create", await container.ExecAsync("ps", "-eo", "args"), StringComparison.Ordinal);
    }

    private static async Task<AsterisellException> ThrowsAsync(string errorId, Func<Task> act)
    {
        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(act);
        Assert.True(errorId == failure.ErrorId, failure.Message);
        return failure;
    }

    private async Task<InstanceFile> WithoutTimeAsync(string path) => (await Files.FindAsync(path, None))! with { ModifiedAt = default };

    private Task<List<InstanceFile>> ListAsync(string folder, bool recurse) => ListAsync(Files, folder, recurse);

    private static async Task<List<InstanceFile>> ListAsync(IInstanceFiles files, string folder, bool recurse)
    {
        var all = new List<InstanceFile>();
        await foreach (InstanceFile file in files.ListAsync(folder, recurse, None))
        {
            all.Add(file);
        }

        return all;
    }
}
