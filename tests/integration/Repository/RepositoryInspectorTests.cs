using System.Runtime.Versioning;
using Asterisell.Engine.Repository;

namespace Asterisell.Tests.Integration.Repository;

[SupportedOSPlatform("linux")]
public sealed class RepositoryInspectorTests : IDisposable
{
    private readonly GitSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_fresh_clone_is_clean_and_says_its_version()
    {
        RepositoryState state = await InspectAsync();
        Assert.True(state.IsClean);
        Assert.Equal(_sandbox.Git("rev-parse", "HEAD"), state.Commit);
        Assert.Equal(("main", "Asterisell-5.8", _sandbox.Clone), (state.Branch, state.Version, state.Path));
        state.RequireClean();
    }

    [Fact]
    public async Task Changes_and_files_that_git_does_not_know_are_named_whatever_they_are_called()
    {
        string[] hostile = ["a b", "-rf", ":(glob)*", "new\nline", "tab\tquote\"", "größe", "R  x", "? y"];
        foreach (string name in hostile)
        {
            _sandbox.Write(name, "x");
        }

        _sandbox.Write("apps/jobs.php", "changed");
        File.Delete(_sandbox["VERSION"]);
        _sandbox.Git("rm", "--quiet", "asterisell.php");
        RepositoryState state = await InspectAsync();
        Assert.Equal(RepositoryStatus.Changed, state.Status);
        Assert.Equal(hostile.Order(StringComparer.Ordinal), state.Untracked.Order(StringComparer.Ordinal));
        Assert.Equal(
            [("VERSION", RepositoryChangeKind.Deleted, false), ("apps/jobs.php", RepositoryChangeKind.Modified, false), ("asterisell.php", RepositoryChangeKind.Deleted, true)],
            state.Changes.OrderBy(change => change.Path, StringComparer.Ordinal).Select(change => (change.Path, change.Kind, change.IsStaged)));
        Assert.Equal("RepositoryNotClean", Assert.Throws<AsterisellException>(state.RequireClean).ErrorId);
        state.RequireWhole();
    }

    [Fact]
    public async Task A_conflict_makes_it_unfit_to_be_deployed()
    {
        _sandbox.NewVersion();
        _sandbox.Write("apps/rates.php", "<?php\n// one\n// two, ours\n// three\n// four\n// five\n");
        _sandbox.Commit("Ours");
        Assert.NotEqual(0, _sandbox.TryGit("pull", "--quiet", "--no-rebase"));
        RepositoryState state = await InspectAsync();
        Assert.Equal(RepositoryStatus.Conflicted, state.Status);
        Assert.Equal(["apps/rates.php"], state.Conflicts);
        AsterisellException refused = Assert.Throws<AsterisellException>(state.RequireWhole);
        Assert.Equal("RepositoryConflicted", refused.ErrorId);
        Assert.Contains("apps/rates.php", refused.Message, StringComparison.Ordinal);
        _sandbox.Git("checkout", "--ours", "apps/rates.php");
        _sandbox.Git("add", "apps/rates.php");
        Assert.Equal("MergeUnderWay", Assert.Throws<AsterisellException>((await InspectAsync()).RequireWhole).ErrorId);
    }

    [Fact]
    public async Task Looking_writes_nothing_into_git()
    {
        File.SetLastWriteTimeUtc(_sandbox["VERSION"], DateTime.UtcNow.AddHours(-1));
        string index = _sandbox[".git/index"];
        DateTime before = File.GetLastWriteTimeUtc(index);
        Assert.True((await InspectAsync()).IsClean);
        Assert.Equal(before, File.GetLastWriteTimeUtc(index));
        Assert.False(Directory.Exists(_sandbox[".git/asterisell"]));
    }

    [Fact]
    public async Task What_is_no_checkout_is_refused_with_the_reason()
    {
        string bare = Path.Combine(_sandbox.Folder, "bare.git");
        GitSandbox.Run(_sandbox.Folder, "clone", "--quiet", "--bare", _sandbox.Upstream, bare);
        Assert.Equal("RepositoryIsBare", await FailAsync(bare));
        Assert.Equal("RepositoryNotFound", await FailAsync(_sandbox.Folder));
        Assert.Equal("RepositoryNotFound", await FailAsync(_sandbox[".git"]));
        Assert.Equal("FolderNotFound", await FailAsync(_sandbox["nowhere"]));
    }

    [Fact]
    public async Task A_rebase_and_an_empty_repository_are_told()
    {
        _sandbox.NewVersion();
        _sandbox.Write("apps/rates.php", "ours\n");
        _sandbox.Commit("Ours");
        Assert.NotEqual(0, _sandbox.TryGit("pull", "--quiet", "--rebase"));
        Assert.Equal("rebase", (await InspectAsync()).Operation);
        string empty = Directory.CreateDirectory(Path.Combine(_sandbox.Folder, "empty")).FullName;
        GitSandbox.Run(empty, "init", "--quiet", "--initial-branch=main");
        RepositoryState state = await RepositoryInspector.InspectAsync(empty, CancellationToken.None);
        Assert.Null(state.Commit);
        Assert.Equal("main", state.Branch);
    }

    private Task<RepositoryState> InspectAsync() => RepositoryInspector.InspectAsync(_sandbox.Clone, CancellationToken.None);

    private static async Task<string> FailAsync(string path) =>
        (await Assert.ThrowsAsync<AsterisellException>(() => RepositoryInspector.InspectAsync(path, CancellationToken.None))).ErrorId;
}
