using System.Diagnostics;
using System.Runtime.Versioning;
using Asterisell.Engine.Repository;

namespace Asterisell.Tests.Integration.Repository;

/// <summary>Updates of a process that is killed, git with it, at points that only git knows: its hooks and filters tell when they are reached.</summary>
[SupportedOSPlatform("linux")]
public sealed class RepositoryKillTests : IDisposable
{
    private readonly GitSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    public static TheoryData<string> Points => ["pre-merge-commit", "reference-transaction", "post-merge", "checkout", "coming back"];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Wherever_it_is_killed_the_state_before_comes_back(string point)
    {
        _sandbox.WriteUpstream(".gitattributes", "*.slow filter=slow\n");
        _sandbox.WriteUpstream("own.slow", "own\n");
        _sandbox.CommitUpstream("Attributes");
        _sandbox.Git("pull", "--quiet");
        _sandbox.WriteUpstream("z.slow", "slow\n");
        _sandbox.NewVersion();
        _sandbox.Write("apps/own.php", "x");
        _sandbox.Commit("Ours");
        _sandbox.Write("apps/jobs.php", "<?php\r\n// local\r\n");
        _sandbox.Write("own.slow", "mine\n");
        _sandbox.Write("apps/staged.php", "staged\n");
        _sandbox.Git("add", "apps/staged.php");
        File.Delete(_sandbox["asterisell.php"]);
        _sandbox.Write("notes.txt", "untracked");
        string before = _sandbox.Fingerprint();
        string mark = Prepare(point);

        using Process process = Start();
        await GitSandbox.WaitForAsync(mark);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        File.Delete(mark);
        _sandbox.Unhook();

        RepositoryState state = await RepositoryInspector.InspectAsync(_sandbox.Clone, CancellationToken.None);
        Assert.False(state.IsClean);
        Assert.ThrowsAny<AsterisellException>(state.RequireWhole);
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(
            () => new RepositoryUpdater(TimeProvider.System).UpdateAsync(_sandbox.Clone, new CheckoutOptions(), null, CancellationToken.None));
        Assert.Contains("Undo-AsterisellRepository", refused.Message, StringComparison.Ordinal);

        await UndoAsync();
        Assert.Equal(before, _sandbox.Fingerprint());
        RepositoryUpdate update = await new RepositoryUpdater(TimeProvider.System).UpdateAsync(_sandbox.Clone, new CheckoutOptions(), null, CancellationToken.None);
        Assert.Equal(RepositoryUpdateStatus.Updated, update.Status);
        Assert.Equal("<?php\r\n// local\r\n", _sandbox.Read("apps/jobs.php"));
        Assert.Equal("mine\n", _sandbox.Read("own.slow"));
    }

    /// <summary>Makes git stop at a point; the file that tells that it is there.</summary>
    private string Prepare(string point)
    {
        switch (point)
        {
            case "checkout":
                return Filter("slow");
            case "coming back":
                return Filter("mine");
            case "reference-transaction":
                return _sandbox.Hook(point, "grep -q refs/heads/main && [ \"$1\" = prepared ] && touch MARK && sleep 60; exit 0");
            default:
                return _sandbox.Hook(point, "touch MARK; sleep 60");
        }
    }

    /// <summary>A filter that stops where git writes a certain content into the checkout.</summary>
    private string Filter(string content)
    {
        string mark = Path.Combine(_sandbox.Folder, "mark");
        string script = Path.Combine(_sandbox.Folder, "smudge");
        File.WriteAllText(script, $"#!/bin/sh\nread line\nif [ \"$line\" = {content} ] && [ ! -e {mark}.off ]; then touch {mark}; sleep 60; fi\necho \"$line\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _sandbox.Git("config", "filter.slow.smudge", script);
        return mark;
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [typeof(RepositoryKillTests).Assembly.Location, "checkout", _sandbox.Clone])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private Task<RepositoryUndo> UndoAsync() => new RepositoryUndoer(TimeProvider.System).UndoAsync(_sandbox.Clone, new CheckoutOptions(), CancellationToken.None);
}
