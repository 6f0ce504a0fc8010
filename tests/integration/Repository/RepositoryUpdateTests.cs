using System.Runtime.Versioning;
using Asterisell.Engine.Repository;

namespace Asterisell.Tests.Integration.Repository;

[SupportedOSPlatform("linux")]
public sealed class RepositoryUpdateTests : IDisposable
{
    private const string Ours = "<?php\n// one\n// two, ours\n// three\n// four\n// five\n";

    private readonly GitSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_new_version_comes_in_and_every_kind_of_local_work_stays()
    {
        string incoming = _sandbox.NewVersion();
        LocalWork();
        string edited = _sandbox.Read("apps/jobs.php");
        RepositoryUpdate update = await UpdateAsync();
        Assert.Equal((RepositoryUpdateStatus.Updated, true, incoming), (update.Status, update.IsFastForward, update.After));
        Assert.Equal(("Asterisell-5.8", "Asterisell-5.9"), (update.VersionBefore, update.VersionAfter));
        Assert.Equal("Version 5.9", Assert.Single(update.Commits).Subject);
        Assert.Equal(["VERSION", "apps/new.php", "apps/rates.php"], update.Files);
        Assert.Equal(incoming, _sandbox.Git("rev-parse", "HEAD"));
        Assert.Equal(edited, _sandbox.Read("apps/jobs.php"));
        Assert.Equal("staged\n", _sandbox.Read("apps/staged.php"));
        Assert.Equal("untracked", _sandbox.Read("notes with blanks.txt"));
        Assert.False(File.Exists(_sandbox["asterisell.php"]));
        Assert.Empty(_sandbox.Git("stash", "list"));
        Assert.False(Directory.Exists(_sandbox[".git/asterisell/update"]));
        Assert.Equal(RepositoryUpdateStatus.Unchanged, (await UpdateAsync()).Status);
    }

    [Fact]
    public async Task WhatIf_tells_all_of_it_and_touches_nothing()
    {
        _sandbox.NewVersion();
        _sandbox.Write("apps/rates.php", Ours);
        _sandbox.Commit("Ours");
        LocalWork();
        string before = _sandbox.Fingerprint();
        byte[] index = await File.ReadAllBytesAsync(_sandbox[".git/index"]);
        RepositoryUpdate update = await RepositoryUpdater.ForeseeAsync(_sandbox.Clone, Options(), null, CancellationToken.None);
        Assert.Equal(index, await File.ReadAllBytesAsync(_sandbox[".git/index"]));
        Assert.Equal(before, _sandbox.Fingerprint());
        Assert.Equal(RepositoryUpdateStatus.Foreseen, update.Status);
        AsterisellConflict conflict = Assert.Single(update.Conflicts);
        Assert.Equal(("apps/rates.php", ConflictKind.BothModified, ConflictSource.Commit, true), (conflict.Path, conflict.Kind, conflict.Source, conflict.IsForeseen));
        Assert.Equal("@@ line 3 @@\n< // two, ours\n| // two\n> // two, upstream's", Assert.Single(conflict.Hunks).ToString());
        Assert.Single(update.Commits);
        Assert.Equal("Asterisell-5.9", update.VersionAfter);
    }

    [Fact]
    public async Task Conflicts_are_decided_and_committed_and_local_work_comes_back()
    {
        Diverge();
        LocalWork();
        RepositoryUpdate update = await UpdateAsync();
        Assert.Equal(RepositoryUpdateStatus.Conflicted, update.Status);
        Assert.Equal(["apps/jobs.php", "apps/rates.php"], update.Conflicts.Select(conflict => conflict.Path).Order(StringComparer.Ordinal));
        Assert.Equal("RepositoryConflicted", await FailAsync(() => UpdateAsync()));
        Assert.Equal("RepositoryConflicted", await FailAsync(() => SaveAsync("too early")));
        IReadOnlyList<AsterisellConflict> conflicts = await RepositoryConflicts.ListAsync(_sandbox.Clone, Options(), CancellationToken.None);
        AsterisellConflict rates = conflicts.Single(conflict => conflict.Path == "apps/rates.php"), jobs = conflicts.Single(conflict => conflict.Path == "apps/jobs.php");
        Assert.Equal("MarkersLeft", await FailAsync(() => ResolveAsync(rates, ConflictChoice.Edited)));
        _sandbox.Write("apps/rates.php", "<?php\n// both\n");
        await ResolveAsync(rates, ConflictChoice.Edited);
        await ResolveAsync(jobs, ConflictChoice.Theirs);
        Assert.Equal("ConflictMissing", await FailAsync(() => ResolveAsync(jobs, ConflictChoice.Ours)));
        Assert.Equal("PathsInMerge", await FailAsync(() => SaveAsync("x", _sandbox["apps"])));
        RepositorySave save = await SaveAsync(null);
        Assert.True(save.IsMerge);
        Assert.Equal("Merge remote-tracking branch 'origin/main'", save.Commit!.Subject);
        Assert.Equal("<?php\n// both\n", _sandbox.Git("show", "HEAD:apps/rates.php") + "\n");
        Assert.Equal("<?php\n// upstream's jobs\n", _sandbox.Read("apps/jobs.php"));
        Assert.Equal("staged\n", _sandbox.Read("apps/staged.php"));
        Assert.False(File.Exists(_sandbox["asterisell.php"]));
        Assert.Equal("untracked", _sandbox.Read("notes with blanks.txt"));
        Assert.Equal("", _sandbox.Git("stash", "list"));
        Assert.Equal(RepositoryStatus.Changed, (await RepositoryInspector.InspectAsync(_sandbox.Clone, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_conflict_is_aborted_to_exactly_the_state_before_and_what_was_edited_meanwhile_is_kept()
    {
        Diverge();
        LocalWork();
        _sandbox.Write("stashed.txt", "x");
        _sandbox.Git("add", "stashed.txt");
        _sandbox.Git("stash", "push", "--quiet", "--message", "the operator's own", "--", "stashed.txt");
        string before = _sandbox.Fingerprint();
        Assert.Equal(RepositoryUpdateStatus.Conflicted, (await UpdateAsync()).Status);
        _sandbox.Write("apps/rates.php", "half a decision");
        RepositoryUndo undo = await UndoAsync();
        Assert.Equal(before, _sandbox.Fingerprint());
        Assert.Equal(["apps/rates.php"], undo.Kept);
        Assert.Equal("half a decision", await File.ReadAllTextAsync(Path.Combine(undo.KeptPath!, "apps/rates.php")));
        Assert.Equal("NothingToUndo", await FailAsync(() => UndoAsync()));
    }

    [Fact]
    public async Task Uncommitted_work_that_does_not_fit_becomes_a_conflict_of_its_own()
    {
        _sandbox.NewVersion();
        _sandbox.Write("apps/rates.php", Ours);
        _sandbox.Write("apps/jobs.php", "<?php\n// mine\n");
        string before = _sandbox.Fingerprint();
        RepositoryUpdate foreseen = await RepositoryUpdater.ForeseeAsync(_sandbox.Clone, Options(), null, CancellationToken.None);
        Assert.Equal(ConflictSource.LocalChange, Assert.Single(foreseen.Conflicts).Source);
        Assert.Equal(["// two, ours"], foreseen.Conflicts[0].Hunks[0].Ours);
        RepositoryUpdate update = await UpdateAsync();
        Assert.Equal(RepositoryUpdateStatus.Conflicted, update.Status);
        AsterisellConflict conflict = Assert.Single(update.Conflicts);
        Assert.Equal((ConflictSource.LocalChange, "// two, ours"), (conflict.Source, conflict.Hunks[0].Ours[0]));
        Assert.Equal("// two, upstream's", conflict.Hunks[0].Theirs[0]);
        await UndoAsync();
        Assert.Equal(before, _sandbox.Fingerprint());

        Assert.Equal(RepositoryUpdateStatus.Conflicted, (await UpdateAsync()).Status);
        Assert.True(await ResolveAsync(conflict, ConflictChoice.Ours));
        Assert.Equal(Ours, _sandbox.Read("apps/rates.php"));
        Assert.Equal("<?php\n// mine\n", _sandbox.Read("apps/jobs.php"));
        RepositoryState state = await RepositoryInspector.InspectAsync(_sandbox.Clone, CancellationToken.None);
        Assert.Equal((RepositoryStatus.Changed, "Asterisell-5.9"), (state.Status, state.Version));
        Assert.All(state.Changes, change => Assert.False(change.IsStaged));
        Assert.False(Directory.Exists(_sandbox[".git/asterisell/update"]));
    }

    [Fact]
    public async Task A_deletion_is_a_side_like_another()
    {
        _sandbox.Write("apps/rates.php", Ours);
        _sandbox.Git("rm", "--quiet", "apps/jobs.php");
        _sandbox.Commit("Ours");
        _sandbox.WriteUpstream("apps/jobs.php", "<?php\n// upstream's jobs\n");
        File.Delete(Path.Combine(_sandbox.Upstream, "apps/rates.php"));
        _sandbox.CommitUpstream("Theirs");
        IReadOnlyList<AsterisellConflict> conflicts = (await UpdateAsync()).Conflicts;
        Assert.Equal([("apps/jobs.php", ConflictKind.DeletedByUs), ("apps/rates.php", ConflictKind.DeletedByThem)], conflicts.Select(conflict => (conflict.Path, conflict.Kind)));
        await ResolveAsync(conflicts[0], ConflictChoice.Ours);
        await ResolveAsync(conflicts[1], ConflictChoice.Theirs);
        Assert.False(File.Exists(_sandbox["apps/jobs.php"]));
        Assert.False(File.Exists(_sandbox["apps/rates.php"]));
        Assert.NotNull((await SaveAsync("Neither")).Commit);
        Assert.Equal("", _sandbox.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task A_file_that_git_ignores_is_not_overwritten()
    {
        _sandbox.Write(".gitignore", "passwords.ini\n");
        _sandbox.Commit("Ignore");
        _sandbox.Write("passwords.ini", "the only copy");
        _sandbox.WriteUpstream("passwords.ini", "[passwords]\n");
        _sandbox.WriteUpstream("doc/new.txt", "x");
        _sandbox.CommitUpstream("Template of passwords");
        _sandbox.Write("doc", "a file where a folder comes");
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(() => UpdateAsync());
        Assert.Equal("WouldOverwrite", refused.ErrorId);
        Assert.Contains("doc, passwords.ini", refused.Message, StringComparison.Ordinal);
        Assert.Equal("the only copy", _sandbox.Read("passwords.ini"));
        File.Delete(_sandbox["passwords.ini"]);
        File.Delete(_sandbox["doc"]);
        _sandbox.Git("update-index", "--assume-unchanged", "VERSION");
        _sandbox.Write("VERSION", "mine");
        _sandbox.NewVersion();
        Assert.Equal("WouldOverwrite", await FailAsync(() => UpdateAsync()));
        Assert.Equal("mine", _sandbox.Read("VERSION"));
    }

    [Fact]
    public async Task A_hook_that_says_no_leaves_everything_as_it_was()
    {
        _sandbox.NewVersion();
        _sandbox.Write("apps/own.php", "x");
        _sandbox.Commit("Ours");
        LocalWork();
        _sandbox.Hook("pre-merge-commit", "echo 'not on a Friday' >&2; exit 1");
        string before = _sandbox.Fingerprint();
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(() => UpdateAsync());
        Assert.Equal("MergeRefused", refused.ErrorId);
        Assert.Contains("not on a Friday", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _sandbox.Fingerprint());
        Assert.False(Directory.Exists(_sandbox[".git/asterisell/update"]));
    }

    [Fact]
    public async Task A_cancelled_merge_leaves_everything_as_it_was()
    {
        _sandbox.NewVersion();
        _sandbox.Write("apps/own.php", "x");
        _sandbox.Commit("Ours");
        LocalWork();
        string mark = _sandbox.Hook("pre-merge-commit", "touch MARK; sleep 60");
        string before = _sandbox.Fingerprint();
        using CancellationTokenSource stop = new();
        Task<RepositoryUpdate> update = new RepositoryUpdater(TimeProvider.System).UpdateAsync(_sandbox.Clone, Options(), null, stop.Token);
        await GitSandbox.WaitForAsync(mark);
        long began = Environment.TickCount64;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => update);
        Assert.InRange(Environment.TickCount64 - began, 0, 4000);
        File.Delete(mark);
        Assert.Equal(before, _sandbox.Fingerprint());
    }

    [Fact]
    public async Task What_cannot_be_updated_says_why()
    {
        _sandbox.Git("switch", "--quiet", "--detach");
        Assert.Equal("BranchMissing", await FailAsync(() => UpdateAsync()));
        _sandbox.Git("switch", "--quiet", "--create", "own");
        Assert.Equal("UpstreamMissing", await FailAsync(() => UpdateAsync()));
        _sandbox.Git("config", "branch.own.remote", "origin");
        _sandbox.Git("config", "branch.own.merge", "refs/heads/gone");
        Assert.Equal("UpstreamGone", await FailAsync(() => UpdateAsync()));
        _sandbox.Git("switch", "--quiet", "main");
        await File.WriteAllTextAsync(_sandbox[".git/index.lock"], "");
        AsterisellException locked = await Assert.ThrowsAsync<AsterisellException>(() => UpdateAsync());
        Assert.Equal("RepositoryLocked", locked.ErrorId);
        Assert.Contains(".git/index.lock", locked.Message, StringComparison.Ordinal);
        File.Delete(_sandbox[".git/index.lock"]);
        _sandbox.Git("remote", "set-url", "origin", "file:///nowhere/at-all");
        Assert.Equal("UpstreamNotReachable", await FailAsync(() => UpdateAsync()));
        _sandbox.Git("remote", "set-url", "origin", "https://me:hunter2@localhost:1/x.git");
        AsterisellException unreachable = await Assert.ThrowsAsync<AsterisellException>(() => UpdateAsync());
        Assert.DoesNotContain("hunter2", unreachable.Message, StringComparison.Ordinal);
        GitSandbox.Run(_sandbox.Upstream, "switch", "--quiet", "--orphan", "other");
        _sandbox.WriteUpstream("x", "x");
        _sandbox.CommitUpstream("Another project");
        _sandbox.Git("remote", "set-url", "origin", _sandbox.Upstream);
        _sandbox.Git("config", "branch.main.merge", "refs/heads/other");
        Assert.Equal("HistoryNotShared", await FailAsync(() => UpdateAsync()));
    }

    [Fact]
    public async Task A_fetch_that_wants_a_password_or_hangs_does_not_hang_the_task()
    {
        // A transport that asks as ssh and https do, on the terminal, and then waits for ever.
        _sandbox.Git("config", "remote.origin.uploadpack", "sh -c 'sleep 120' #");
        long began = Environment.TickCount64;
        AsterisellException slow = await Assert.ThrowsAsync<AsterisellException>(() => new RepositoryUpdater(TimeProvider.System).UpdateAsync(
            _sandbox.Clone, new CheckoutOptions { Patience = TimeSpan.FromSeconds(1) }, null, CancellationToken.None));
        Assert.Equal("UpstreamTooSlow", slow.ErrorId);
        Assert.InRange(Environment.TickCount64 - began, 0, 5000);
    }

    [Fact]
    public async Task A_shallow_clone_is_updated_as_far_as_its_history_reaches()
    {
        string shallow = Path.Combine(_sandbox.Folder, "shallow");
        GitSandbox.Run(_sandbox.Folder, "clone", "--quiet", "--depth=1", "file://" + _sandbox.Upstream, shallow);
        _sandbox.NewVersion();
        RepositoryUpdate update = await new RepositoryUpdater(TimeProvider.System).UpdateAsync(shallow, Options(), null, CancellationToken.None);
        Assert.Equal(RepositoryUpdateStatus.Updated, update.Status);
        Assert.True((await RepositoryReader.ReadAsync(shallow, Options(), CancellationToken.None)).IsShallow);
        _sandbox.NewVersion("// again");
        GitSandbox.Run(shallow, "fetch", "--quiet", "--depth=1", "--update-shallow");
        GitSandbox.Run(shallow, "-c", "user.name=a", "-c", "user.email=b", "commit", "--quiet", "--allow-empty", "--message", "Ours");
        Assert.Equal("HistoryIsShallow", await FailAsync(() => new RepositoryUpdater(TimeProvider.System).UpdateAsync(shallow, Options(), null, CancellationToken.None)));
    }

    [Fact]
    public async Task Line_ends_and_modes_of_untouched_local_work_survive_to_the_byte()
    {
        _sandbox.Git("config", "core.autocrlf", "input");
        _sandbox.NewVersion();
        _sandbox.Write("apps/jobs.php", "<?php\r\n// mine\r\n\n");
        File.SetUnixFileMode(_sandbox["apps/jobs.php"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await UpdateAsync();
        Assert.Equal("<?php\r\n// mine\r\n\n", _sandbox.Read("apps/jobs.php"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_sandbox["apps/jobs.php"]));
    }

    [Fact]
    public async Task A_merge_begun_by_git_itself_is_aborted_too()
    {
        Diverge();
        _sandbox.Write("own.txt", "x");
        string before = _sandbox.Fingerprint();
        Assert.NotEqual(0, _sandbox.TryGit("pull", "--quiet", "--no-rebase"));
        _sandbox.Write("apps/rates.php", "edited");
        RepositoryUndo undo = await UndoAsync();
        Assert.Equal(before, _sandbox.Fingerprint());
        Assert.Equal("edited", await File.ReadAllTextAsync(Path.Combine(undo.KeptPath!, "apps/rates.php")));
    }

    [Fact]
    public async Task An_undo_never_takes_back_what_was_committed_since()
    {
        Diverge();
        await UpdateAsync();
        _sandbox.Git("checkout", "--ours", ".");
        _sandbox.Git("add", ".");
        _sandbox.Git("commit", "--quiet", "--message", "By hand");
        _sandbox.Write("more", "x");
        string head = _sandbox.Commit("More");
        Assert.Equal("NothingToUndo", await FailAsync(() => UndoAsync()));
        Assert.Equal(RepositoryUpdateStatus.Unchanged, (await UpdateAsync()).Status);
        Assert.Equal(head, _sandbox.Git("rev-parse", "HEAD"));
    }

    private void Diverge()
    {
        _sandbox.WriteUpstream("apps/jobs.php", "<?php\n// upstream's jobs\n");
        _sandbox.NewVersion();
        _sandbox.Write("apps/rates.php", Ours);
        _sandbox.Write("apps/jobs.php", "<?php\n// our jobs\n");
        _sandbox.Write("apps/kept.php", "<?php\n");
        _sandbox.Commit("Ours");
    }

    /// <summary>A changed file, a staged new one changed again, a deleted one, an untracked one.</summary>
    private void LocalWork()
    {
        string kept = File.Exists(_sandbox["apps/kept.php"]) ? "apps/kept.php" : "apps/jobs.php";
        _sandbox.Write(kept, "<?php\n// local\n");
        _sandbox.Write("apps/staged.php", "staged\n");
        _sandbox.Git("add", "apps/staged.php");
        File.Delete(_sandbox["asterisell.php"]);
        _sandbox.Write("notes with blanks.txt", "untracked");
    }

    private static CheckoutOptions Options() => new() { Patience = TimeSpan.FromSeconds(30) };

    private Task<RepositoryUpdate> UpdateAsync() => new RepositoryUpdater(TimeProvider.System).UpdateAsync(_sandbox.Clone, Options(), null, CancellationToken.None);

    private Task<RepositoryUndo> UndoAsync() => new RepositoryUndoer(TimeProvider.System).UndoAsync(_sandbox.Clone, Options(), CancellationToken.None);

    private Task<RepositorySave> SaveAsync(string? message, params string[] files) => RepositorySaver.SaveAsync(_sandbox.Clone, message, files, Options(), CancellationToken.None);

    private static Task<bool> ResolveAsync(AsterisellConflict conflict, ConflictChoice choice) =>
        new RepositoryConflicts(TimeProvider.System).ResolveAsync(conflict, choice, Options(), CancellationToken.None);

    private static async Task<string> FailAsync(Func<Task> action) => (await Assert.ThrowsAsync<AsterisellException>(action)).ErrorId;
}
