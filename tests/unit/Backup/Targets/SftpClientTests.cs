using System.Security.Cryptography;
using Asterisell.Engine.Backup.Targets.Sftp;

namespace Asterisell.Tests.Unit.Backup.Targets;

/// <summary>Our SFTP against the server that nearly everybody has.</summary>
public sealed class SftpClientTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(5_000_000)]
    public async Task What_is_written_is_read(int size)
    {
        byte[] content = RandomNumberGenerator.GetBytes(size);
        string local = Path.Combine(folder.Path, "local");
        await File.WriteAllBytesAsync(local, content);
        await using SftpServer server = await SftpServer.StartAsync();
        await SftpTransfer.UploadAsync(server.Client, local, $"{folder.Path}/ünïcode name", 0, flush: true, null, default);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder.Path, "ünïcode name")));
        Assert.True(await SftpTransfer.DownloadAsync(server.Client, $"{folder.Path}/ünïcode name", Path.Combine(folder.Path, "back"), null, default));
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder.Path, "back")));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_continued()
    {
        byte[] content = RandomNumberGenerator.GetBytes(300_000);
        string local = Path.Combine(folder.Path, "local");
        await File.WriteAllBytesAsync(local, content);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "part"), content[..123_457]);
        long sent = 0;
        await using SftpServer server = await SftpServer.StartAsync();
        await SftpTransfer.UploadAsync(server.Client, local, $"{folder.Path}/part", 123_457, flush: false, bytes => sent += bytes, default);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder.Path, "part")));
        Assert.Equal(content.Length - 123_457, sent);
    }

    [Fact]
    public async Task Folders_names_links_and_removal()
    {
        await using SftpServer server = await SftpServer.StartAsync();
        SftpTree tree = new(server.Client);
        string top = $"{folder.Path}/top";
        await SftpTree.ForEachAsync(Enumerable.Range(0, 300), (i, token) => tree.MakeAsync($"{top}/{i % 7}/{i}", token), default);
        await File.WriteAllTextAsync($"{top}/3/3/file", "content");
        await server.Client.LinkAsync($"{top}/3/3/file", $"{top}/4/second", default);
        Assert.Equal("content", await File.ReadAllTextAsync($"{top}/4/second"));
        await server.Client.RenameAsync($"{top}/4", $"{top}/renamed", default);
        Dictionary<string, long> found = [];
        await tree.WalkAsync(top, (path, entry) => found.Add(path, entry.Size), default);
        Assert.Equal(["3/3/file", "renamed/second"], found.Keys.Order());
        Assert.All(found.Values, size => Assert.Equal(7, size));
        Assert.Equal("700\n"u8.ToArray(), Processes.Run("stat", "-c", "%a", $"{top}/5"));

        // A link leads out of the tree: it goes, what it leads to stays.
        string outside = Directory.CreateDirectory($"{folder.Path}/outside").FullName;
        await File.WriteAllTextAsync($"{outside}/kept", "");
        File.CreateSymbolicLink($"{top}/link", outside);
        await tree.RemoveAsync(top, default);
        Assert.False(Path.Exists(top));
        Assert.True(File.Exists($"{outside}/kept"));
    }

    [Fact]
    public async Task What_is_not_there_is_told_apart_from_what_fails()
    {
        await using SftpServer server = await SftpServer.StartAsync();
        Assert.Null(await server.Client.FindAsync($"{folder.Path}/nothing", default));
        Assert.Empty(await server.Client.ListAsync($"{folder.Path}/nothing", default));
        Assert.False(await SftpTransfer.DownloadAsync(server.Client, $"{folder.Path}/nothing", $"{folder.Path}/local", null, default));
        Assert.False(File.Exists($"{folder.Path}/local"));
        SftpException missing = await Assert.ThrowsAsync<SftpException>(() => server.Client.RemoveAsync($"{folder.Path}/nothing", default));
        Assert.Equal(SftpStatus.NoSuchFile, missing.Status);
        Assert.True(await server.Client.FindFreeAsync(folder.Path, default) > 0);
    }

    [Fact]
    public async Task A_server_that_dies_ends_every_request()
    {
        await using SftpServer server = await SftpServer.StartAsync();
        server.Kill();
        await Assert.ThrowsAnyAsync<IOException>(() => server.Client.ListAsync(folder.Path, default).WaitAsync(TimeSpan.FromSeconds(10)));
        await Assert.ThrowsAnyAsync<IOException>(() => server.Client.ListAsync(folder.Path, default).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("Welcome to this server!\nPlease behave.\n")]
    [InlineData("\0\0\0\u0005\u0065\0\0\0\u0003")]
    [InlineData("\0\0\0\u0005\u0002\0\0\0\u0001")]
    public async Task What_is_no_sftp_is_refused(string said)
    {
        using MemoryStream answer = new(System.Text.Encoding.Latin1.GetBytes(said));
        await Assert.ThrowsAsync<InvalidDataException>(() => SftpConnection.OpenAsync(Stream.Null, answer, default));
    }

    public void Dispose() => folder.Dispose();
}
