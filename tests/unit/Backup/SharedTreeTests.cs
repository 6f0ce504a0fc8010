using System.Text;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup;

public class SharedTreeTests
{
    [Fact]
    public void GivesTheSameFileASecondName()
    {
        using TemporaryFolder folder = new();
        SharedTree tree = Prepare(folder);
        File.WriteAllText(folder["from/d/ä"], "content");

        Assert.Equal(ShareOutcome.Linked, tree.Share("d/ä"u8, 7));

        Assert.Equal("content", File.ReadAllText(folder["to/d/ä"]));
        Assert.Equal(Inode(folder["from/d/ä"]), Inode(folder["to/d/ä"]));
        Assert.Null(tree.WhyCopied);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("none/missing")]
    [InlineData("folder")]
    [InlineData("link")]
    [InlineData("longer")]
    public void TakesNothingThatIsNotThePlainFileThatWasListed(string path)
    {
        using TemporaryFolder folder = new();
        SharedTree tree = Prepare(folder);
        Directory.CreateDirectory(folder["from/folder"]);
        File.WriteAllText(folder["from/plain"], "content");
        File.CreateSymbolicLink(folder["from/link"], folder["from/plain"]);
        File.WriteAllText(folder["from/longer"], "content and more");

        Assert.Equal(ShareOutcome.Unusable, tree.Share(Encoding.UTF8.GetBytes(path), 7));

        Assert.False(Path.Exists(folder["to/" + path]));
    }

    [Fact]
    public void LeavesANameThatIsInUse()
    {
        using TemporaryFolder folder = new();
        SharedTree tree = Prepare(folder);
        File.WriteAllText(folder["from/d/a"], "content");
        File.WriteAllText(folder["to/d/a"], "other");

        Assert.Equal(ShareOutcome.Taken, tree.Share("d/a"u8, 7));

        Assert.Equal("other", File.ReadAllText(folder["to/d/a"]));
    }

    /// <summary>Between two file systems there are no links, as on one that knows none.</summary>
    [Fact]
    public void CopiesWhereThereAreNoLinksAndSaysWhy()
    {
        using TemporaryFolder folder = new();
        string memory = Directory.CreateDirectory($"/dev/shm/asterisell-{Guid.NewGuid():N}").FullName;
        try
        {
            File.WriteAllText(Path.Combine(memory, "a"), "content");
            SharedTree tree = new(memory, folder.Path);

            Assert.Equal(ShareOutcome.Copied, tree.Share("a"u8, 7));

            Assert.Equal("content", File.ReadAllText(folder["a"]));
            Assert.Contains("cross-device", tree.WhyCopied, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Directory.Delete(memory, recursive: true);
        }
    }

    [Fact]
    public void MakesNoFolders()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "content");

        Assert.Equal(ShareOutcome.Unusable, new SharedTree(folder.Path, folder["gone"]).Share("a"u8, 7));
    }

    internal static string Inode(string path) => Encoding.UTF8.GetString(Processes.Run("stat", "-c", "%d:%i", path));

    private static SharedTree Prepare(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["from/d"]);
        Directory.CreateDirectory(folder["to/d"]);
        return new SharedTree(folder["from"], folder["to"]);
    }
}
