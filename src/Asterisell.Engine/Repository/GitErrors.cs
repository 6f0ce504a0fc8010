using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository;

/// <summary>Failures that have to do with git and the checkout.</summary>
internal static class GitErrors
{
    public static AsterisellException GitMissing(Exception? inner = null) => new(
        nameof(GitMissing), ErrorKind.NotFound, "", "There is no git program on this machine's PATH.", "Install it: apt install git (Windows: winget install Git.Git).", inner);

    public static AsterisellException GitTooOld(string version, string oldest) => new(
        nameof(GitTooOld), ErrorKind.InvalidState, "", $"This needs git {oldest} or newer, and here is {GitText.Name(version)}.",
        "Install a newer git. Older ones cannot tell beforehand how a merge would end.");

    public static AsterisellException FolderNotFound(string folder) => new(
        nameof(FolderNotFound), ErrorKind.NotFound, GitText.Name(folder), "there is no such folder.", "Give the folder of the checkout: -RepositoryPath /path.");

    public static AsterisellException RepositoryNotFound(string folder) => new(
        nameof(RepositoryNotFound), ErrorKind.NotFound, GitText.Name(folder), "this is no git checkout, and neither is a folder above it.",
        "Give the folder of the checkout: -RepositoryPath /path. A directory that git does not know yet begins with: git init");

    public static AsterisellException RepositoryIsBare(string folder) => new(
        nameof(RepositoryIsBare), ErrorKind.InvalidInput, GitText.Name(folder), "this is a bare repository, which has no files to work with.", "Give a checkout of it: git clone REPOSITORY FOLDER");

    public static AsterisellException RepositoryNotTrusted(string folder) => new(
        nameof(RepositoryNotTrusted), ErrorKind.PermissionDenied, GitText.Name(folder), "the checkout belongs to another user, and git runs nothing that stands in its configuration.",
        "If you trust that user: git config --global --add safe.directory FOLDER");

    public static AsterisellException RepositoryLocked(string repository, string file, TimeSpan age) => new(
        nameof(RepositoryLocked), ErrorKind.Conflict, GitText.Name(repository),
        $"another git works here, or one was killed: its lock {GitText.Name(file)} is there for {age.TotalSeconds:0} s.",
        "Try again when it has ended. If no git runs any more (ps -C git), remove that file.");

    public static AsterisellException RepositoryBusy(string repository) => new(
        nameof(RepositoryBusy), ErrorKind.Conflict, GitText.Name(repository), "another PowerShell changes this checkout now.", "Try again when it has ended.");

    public static AsterisellException BranchMissing(string repository) => new(
        nameof(BranchMissing), ErrorKind.InvalidState, GitText.Name(repository), "no branch is checked out (detached HEAD), so that there is nothing to bring up to date.",
        "Check out yours: git switch BRANCH");

    public static AsterisellException CommitMissing(string repository) => new(
        nameof(CommitMissing), ErrorKind.InvalidState, GitText.Name(repository), "the branch has no commit yet.", "Make the first one: Save-AsterisellRepository -Message 'First version'");

    public static AsterisellException UpstreamMissing(string repository, string branch) => new(
        nameof(UpstreamMissing), ErrorKind.InvalidState, GitText.Name(repository), $"the branch {GitText.Name(branch)} has no upstream to take new versions from.",
        "Name it once: git branch --set-upstream-to=origin/main");

    public static AsterisellException UpstreamGone(string repository, string upstream) => new(
        nameof(UpstreamGone), ErrorKind.NotFound, GitText.Name(repository), $"the upstream branch {GitText.Name(upstream)} is not there.",
        "See which there are by git branch --remotes, and name one: git branch --set-upstream-to=origin/main");

    public static AsterisellException UpstreamNotReachable(string repository, string remote, string words) => new(
        nameof(UpstreamNotReachable), ErrorKind.Connection, GitText.Name(repository), $"new versions could not be fetched from {GitText.Name(remote)}: {words}. Nothing was changed.",
        "Try it by hand: git fetch. Where nobody can be asked for a password, a credential helper or an ssh agent must know it.");

    public static AsterisellException UpstreamTooSlow(string repository, string remote, int seconds) => new(
        nameof(UpstreamTooSlow), ErrorKind.Timeout, GitText.Name(repository), $"fetching from {GitText.Name(remote)} took longer than {seconds} s. Nothing was changed.",
        "Give it more time: -TimeoutSec 1800");

    public static AsterisellException HistoryNotShared(string repository, string upstream) => new(
        nameof(HistoryNotShared), ErrorKind.InvalidState, GitText.Name(repository), $"the branch and {GitText.Name(upstream)} have no commit in common.",
        "The upstream is another project's, or its history was made anew. Look at both: git log --oneline --all --graph");

    public static AsterisellException HistoryIsShallow(string repository, string upstream) => new(
        nameof(HistoryIsShallow), ErrorKind.InvalidState, GitText.Name(repository),
        $"the checkout is a shallow clone, and the commit that it has in common with {GitText.Name(upstream)} is not in it.", "Fetch the history: git fetch --unshallow");

    public static AsterisellException OperationUnderWay(string repository, string operation) => new(
        nameof(OperationUnderWay), ErrorKind.InvalidState, GitText.Name(repository), $"a {operation} is under way in the checkout.",
        $"Finish or abort it first: git {operation} --continue, git {operation} --abort (bisect: git bisect reset)");

    public static AsterisellException MergeUnderWay(string repository) => new(
        nameof(MergeUnderWay), ErrorKind.InvalidState, GitText.Name(repository), "a merge is under way, whose conflicts are resolved.",
        "Finish it: Save-AsterisellRepository; or abort it: Undo-AsterisellRepository");

    public static AsterisellException UpdateInterrupted(string repository, DateTimeOffset begun) => new(
        nameof(UpdateInterrupted), ErrorKind.InvalidState, GitText.Name(repository), $"the update begun on {begun.ToLocalTime():yyyy-MM-dd HH:mm:ss} was killed in the middle.",
        "Bring the state before it back, with all of your work: Undo-AsterisellRepository");

    public static AsterisellException RepositoryConflicted(string repository, IReadOnlyList<string> files) => new(
        nameof(RepositoryConflicted), ErrorKind.InvalidState, GitText.Name(repository), $"there are conflicts in {GitText.Names(files)}.",
        "Look at them: Get-AsterisellConflict; decide: Resolve-AsterisellConflict -Use Ours, Theirs or Edited; or abort: Undo-AsterisellRepository");

    public static AsterisellException RepositoryNotClean(string repository, IReadOnlyList<string> files) => new(
        nameof(RepositoryNotClean), ErrorKind.InvalidState, GitText.Name(repository), $"files of the checkout are in no commit: {GitText.Names(files)}.",
        "Commit them, so that it can be told later what was deployed: Save-AsterisellRepository -Message '…'");

    public static AsterisellException WouldOverwrite(string repository, IReadOnlyList<string> files) => new(
        nameof(WouldOverwrite), ErrorKind.Conflict, GitText.Name(repository), $"the new version brings files that stand here already without git knowing them: {GitText.Names(files)}. Nothing was changed.",
        "Move yours away, or commit them by Save-AsterisellRepository -Path. Git itself would overwrite those that .gitignore names without a word.");

    public static AsterisellException MergeRefused(string repository, string words) => new(
        nameof(MergeRefused), ErrorKind.CommandFailed, GitText.Name(repository), $"git did not merge: {words}. Everything is as it was.", "See to what git says, and try again.");

    public static AsterisellException MarkersLeft(string repository, IReadOnlyList<string> places) => new(
        nameof(MarkersLeft), ErrorKind.InvalidState, GitText.Name(repository), $"conflict markers stand in {GitText.Names(places)}. Nothing was changed.",
        "Edit the places, or decide for one side: Resolve-AsterisellConflict -Use Ours, Theirs");

    public static AsterisellException SecretsFound(string repository, IReadOnlyList<string> places) => new(
        nameof(SecretsFound), ErrorKind.InvalidState, GitText.Name(repository), $"passwords or keys in clear would be committed: {string.Join("; ", places)}. Nothing was committed.",
        "Refer to the secret instead ({ file: … }, { env: … }, { secret: … }), or name the file in .gitignore. A line that holds none is passed with the words not-a-secret in it.");

    public static AsterisellException FileNotReadable(string repository, string file, string words) => new(
        nameof(FileNotReadable), ErrorKind.CommandFailed, GitText.Name(repository), $"{GitText.Name(file)} could not be read: {words}. Nothing was changed.",
        "Give this account the permission to read it, or rename it where its name is not UTF-8.");

    public static AsterisellException FileNotFound(string repository, string file) => new(
        nameof(FileNotFound), ErrorKind.NotFound, GitText.Name(repository), $"there is nothing to commit of {GitText.Name(file)}.", "See what changed: Get-AsterisellRepository | Format-List");

    public static AsterisellException JournalNotWritten(string repository, string words) => new(
        nameof(JournalNotWritten), ErrorKind.CommandFailed, GitText.Name(repository), $"what is needed to bring the present state back could not be written down in .git: {words}. Nothing was changed.",
        "See to the disk's space and to the permissions of the .git folder.");

    public static AsterisellException PathsInMerge(string repository) => new(
        nameof(PathsInMerge), ErrorKind.InvalidInput, GitText.Name(repository), "a merge is committed as a whole, not file by file.", "Leave -Path out.");

    public static AsterisellException MessageMissing(string repository) => new(
        nameof(MessageMissing), ErrorKind.InvalidInput, GitText.Name(repository), "a commit needs a message that says what and why.", "Save-AsterisellRepository -Message 'Rates of the new carrier'");

    public static AsterisellException CommitRefused(string repository, string words) => new(
        nameof(CommitRefused), ErrorKind.CommandFailed, GitText.Name(repository), $"git did not commit: {words}. Nothing was committed.", "See to what git or its hook says, and try again.");

    public static AsterisellException ConflictMissing(string repository, string file) => new(
        nameof(ConflictMissing), ErrorKind.NotFound, GitText.Name(repository), $"there is no conflict in {GitText.Name(file)}.", "See which there are: Get-AsterisellConflict");

    public static AsterisellException SideMissing(string repository, string file) => new(
        nameof(SideMissing), ErrorKind.InvalidState, GitText.Name(repository), $"{GitText.Name(file)} is not in the checkout, so that it cannot have been edited.",
        "Decide for one side: Resolve-AsterisellConflict -Use Ours, Theirs. The side that deleted it deletes it.");

    public static AsterisellException NothingToUndo(string repository) => new(
        nameof(NothingToUndo), ErrorKind.InvalidState, GitText.Name(repository), "no update is under way, nor was one interrupted.",
        "A finished one is taken back by git: git revert -m 1 HEAD");

    public static AsterisellException UndoNotPossible(string repository, string why) => new(
        nameof(UndoNotPossible), ErrorKind.InvalidState, GitText.Name(repository), $"the state before the update is not brought back: {why}. Nothing was changed.",
        "Look at what was done since: git log --oneline --graph; git reflog");

    public static AsterisellException UndoIncomplete(string repository, string folder) => new(
        nameof(UndoIncomplete), ErrorKind.DataMismatch, GitText.Name(repository), "the state is not the one before the update, though every step back was taken.",
        $"Your changed files as they were are in {GitText.Name(folder)}. Compare them by git status and git diff, before anything else.");

    public static AsterisellException GitFailed(string folder, string command, string words) => new(
        nameof(GitFailed), ErrorKind.CommandFailed, GitText.Name(folder), $"git {command} failed: {words}.", null);

    public static AsterisellException RepositoryUnclear(IReadOnlyList<string> folders) => new(
        nameof(RepositoryUnclear), ErrorKind.InvalidInput, "", $"The inventory has several checkouts: {GitText.Names(folders)}.", "Say which: -RepositoryPath, or Get-AsterisellRepository | Where-Object … | Update-AsterisellRepository");

    /// <summary>The error that fits what git said.</summary>
    public static AsterisellException From(string folder, IReadOnlyList<string> arguments, GitOutput output)
    {
        string errors = output.Errors;
        return errors.Contains("not a git repository", StringComparison.Ordinal) ? RepositoryNotFound(folder)
            : errors.Contains("dubious ownership", StringComparison.Ordinal) ? RepositoryNotTrusted(folder)
            : errors.Contains("must be run in a work tree", StringComparison.Ordinal) ? RepositoryIsBare(folder)
            : GitFailed(folder, arguments.FirstOrDefault(one => !one.StartsWith('-')) ?? "", GitText.Reason(errors));
    }
}
