namespace Asterisell.Engine.Repository.Git;

/// <summary>A checkout: the folder of its files, and the folder that git keeps its own in.</summary>
internal sealed class Checkout
{
    private Checkout(string root, string gitFolder, GitProgram git)
    {
        Root = root;
        GitFolder = gitFolder;
        Git = git;
    }

    /// <summary>Full path of the top folder.</summary>
    public string Root { get; }

    /// <summary>Full path of this checkout's own <c>.git</c>: that of one work tree, where a repository has several.</summary>
    public string GitFolder { get; }

    /// <summary>Git in the top folder.</summary>
    public GitProgram Git { get; }

    /// <summary>Finds the checkout that a folder is in.</summary>
    /// <exception cref="AsterisellException"><c>FolderNotFound</c>, <c>RepositoryNotFound</c>, <c>RepositoryIsBare</c>, <c>RepositoryNotTrusted</c>, <c>GitMissing</c>.</exception>
    public static async Task<Checkout> OpenAsync(string folder, bool interactive, CancellationToken cancellation)
    {
        string full = Path.GetFullPath(folder);
        GitProgram git = new(full, interactive);
        GitOutput kind = await git.RequireAsync(["rev-parse", "--is-bare-repository", "--is-inside-work-tree"], cancellation).ConfigureAwait(false);
        if (kind.Text.Split('\n') is not [var bare, "true"])
        {
            throw kind.Text.StartsWith("true", StringComparison.Ordinal) ? GitErrors.RepositoryIsBare(full) : GitErrors.RepositoryNotFound(full);
        }

        _ = bare;
        string root = (await git.RequireAsync(["rev-parse", "--show-toplevel"], cancellation).ConfigureAwait(false)).Text;
        string own = (await git.RequireAsync(["rev-parse", "--absolute-git-dir"], cancellation).ConfigureAwait(false)).Text;
        return new Checkout(Path.GetFullPath(root), Path.GetFullPath(own), git.In(Path.GetFullPath(root)));
    }

    /// <summary>Full path of a file of the checkout.</summary>
    public string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Full path of a file of git's own.</summary>
    public string OwnPath(string name) => Path.Combine(GitFolder, name);

    /// <summary>True where a file of git's own, such as <c>MERGE_HEAD</c>, is there.</summary>
    public bool Has(string name) => File.Exists(OwnPath(name));

    /// <summary>The commit that a name means; null where there is none.</summary>
    public async Task<string?> FindCommitAsync(string name, CancellationToken cancellation)
    {
        GitOutput output = await Git.RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], cancellation).ConfigureAwait(false);
        return output.Succeeded ? output.Text : null;
    }

    /// <summary>Refuses a checkout that a git, living or dead, has locked.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryLocked</c>.</exception>
    public void RequireUnlocked()
    {
        FileInfo file = new(OwnPath("index.lock"));
        if (file.Exists)
        {
            TimeSpan age = DateTime.UtcNow - file.LastWriteTimeUtc;
            throw GitErrors.RepositoryLocked(Root, file.FullName, age < TimeSpan.Zero ? TimeSpan.Zero : age);
        }
    }
}
