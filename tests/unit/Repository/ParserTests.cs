using System.Text;
using Asterisell.Engine.Repository.Conflicts;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Merging;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Tests.Unit.Repository;

/// <summary>Answers of git, as they are written down here from a real one.</summary>
public sealed class ParserTests
{
    private const string One = "1111111111111111111111111111111111111111";
    private const string Two = "2222222222222222222222222222222222222222";

    [Fact]
    public void Status_of_a_branch_with_everything()
    {
        WorkingState state = StatusReader.Parse(
        [
            $"# branch.oid {One}", "# branch.head feature/a b", "# branch.upstream origin/main", "# branch.ab +3 -12",
            $"1 .M N... 100644 100644 100644 {One} {One} a file.php", $"1 A. N... 000000 100644 100644 {Two} {One} new\nline",
            $"1 .M S.M. 160000 160000 160000 {One} {One} module", $"u DU N... 100644 000000 100644 100644 {One} {Two} {Two} x y", "? unknown ? file",
        ]);
        Assert.Equal((One, "origin/main", 3, 12), (state.Commit, state.Upstream, state.Ahead, state.Behind));
        Assert.Equal(
            [new("a file.php", RepositoryChangeKind.Modified, false), new("new\nline", RepositoryChangeKind.Added, true), new RepositoryChange("module", RepositoryChangeKind.Submodule, false)],
            state.Changes);
        UnmergedFile conflict = Assert.Single(state.Unmerged);
        Assert.Equal(("x y", ConflictKind.DeletedByUs, true, false, true), (conflict.Path, conflict.Kind, conflict.Base is not null, conflict.Ours is not null, conflict.Theirs is not null));
        Assert.Equal(["unknown ? file"], state.Untracked);
    }

    [Fact]
    public void No_branch_and_no_commit()
    {
        WorkingState state = StatusReader.Parse(["# branch.oid (initial)", "# branch.head (detached)"]);
        Assert.Null(state.Commit);
        Assert.Null(state.Branch);
        Assert.Null(state.Ahead);
    }

    [Fact]
    public void A_merge_in_memory()
    {
        MergedTree tree = MergeTreeReader.Parse([One, $"100644 {One} 1\tf\tg", $"100644 {Two} 2\tf\tg", $"100644 {One} 3\tf\tg", $"100644 {One} 1\th", $"100644 {Two} 2\th", ""]);
        Assert.Equal(One, tree.Tree);
        Assert.Equal([("f\tg", ConflictKind.BothModified), ("h", ConflictKind.DeletedByThem)], tree.Unmerged.Select(file => (file.Path, file.Kind)));
        Assert.Empty(MergeTreeReader.Parse([One]).Unmerged);
    }

    [Fact]
    public void Places_of_a_conflict_in_every_style()
    {
        ConflictHunk hunk = Assert.Single(Parse("a\n<<<<<<< HEAD\nours\n||||||| base\nbase\n=======\ntheirs\n>>>>>>> main\nb\n"));
        Assert.Equal(2, hunk.Line);
        Assert.Equal("@@ line 2 @@\n< ours\n| base\n> theirs", hunk.ToString());
        Assert.Null(Parse("<<<<<<< HEAD\r\nours\r\n=======\r\n>>>>>>> main\r\n")[0].Base);
        Assert.Equal([1, 5], Parse("<<<<<<< a\n=======\nx\n>>>>>>> b\n<<<<<<< a\ny\n=======\n>>>>>>> b\n").Select(one => one.Line));
        Assert.Equal(["text\n=======\n"], [.. Parse("<<<<<<<<<< a\ntext\n=======\n==========\nx\n>>>>>>>>>> b\n").Select(one => string.Concat(one.Ours.Select(line => line + "\n")))]);
    }

    [Theory]
    [InlineData("Title\n=======\n\n>>>>>>> quoted\n")]
    [InlineData("<<<<<<< begun\nand never ended\n")]
    [InlineData("<<<<<<<< 8\n=======\n>>>>>>> 7\n")]
    [InlineData("<<<<<<<no blank\n=======\n>>>>>>> b\n")]
    [InlineData("\0<<<<<<< a\n=======\n>>>>>>> b\n")]
    public void What_is_no_conflict(string text) => Assert.Empty(Parse(text));

    [Fact]
    public void A_password_in_a_conflict_is_masked()
    {
        ConflictHunk hunk = Assert.Single(Parse("<<<<<<< a\npassword: hunter2\n=======\npassword: hunter3\n>>>>>>> b\n", "asterisell.yml", swapped: true));
        Assert.Equal("@@ line 1 @@\n< password: ********\n> password: ********", hunk.ToString());
    }

    [Theory]
    [InlineData("git version 2.39.5", 2, 39)]
    [InlineData("git version 2.50.1.windows.1", 2, 50)]
    [InlineData("git version 2.45.GIT", 2, 45)]
    public void Versions(string answer, int major, int minor) => Assert.Equal(new Version(major, minor), GitVersion.Parse(answer));

    [Fact]
    public void What_git_says_becomes_one_sentence_without_passwords()
    {
        Assert.Equal("unable to access 'https://me:********@example.com/x.git/': Could not resolve host", GitText.Reason(
            "remote: hello\nfatal: unable to access 'https://me:geheim@example.com/x.git/': Could not resolve host.\n"));
        Assert.Equal("a hook says no", GitText.Reason("warning: something\na hook says no\n"));
        Assert.Equal("a\\nb\uFFFD[31m", GitText.Name("a\nb\u001b[31m"));
    }

    private static IReadOnlyList<ConflictHunk> Parse(string text, string path = "a.php", bool swapped = false) =>
        ConflictText.Parse(Encoding.UTF8.GetBytes(text), path, swapped);
}
