using System.Runtime.Versioning;
using Asterisell.Engine.Repository;

namespace Asterisell.Tests.Integration.Repository;

[SupportedOSPlatform("linux")]
public sealed class RepositorySaveTests : IDisposable
{
    private readonly GitSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Everything_that_changed_is_committed_whatever_it_is_called()
    {
        _sandbox.Write(":(glob)*", "x");
        _sandbox.Write("-a\nb", "x");
        _sandbox.Write("apps/jobs.php", "changed");
        File.Delete(_sandbox["VERSION"]);
        RepositorySave save = await SaveAsync("Rates of the new carrier\n\nWhy not.");
        Assert.Equal("Rates of the new carrier", save.Commit!.Subject);
        Assert.Equal(["-a\nb", ":(glob)*", "VERSION", "apps/jobs.php"], save.Files.Order(StringComparer.Ordinal));
        Assert.Equal("", _sandbox.Git("status", "--porcelain"));
        Assert.Null((await SaveAsync("Nothing")).Commit);
    }

    [Fact]
    public async Task Named_files_alone_are_committed_and_what_was_staged_stays_staged()
    {
        _sandbox.Write("apps/*", "x");
        _sandbox.Write("apps/jobs.php", "changed");
        _sandbox.Write("other.txt", "staged");
        _sandbox.Git("add", "other.txt");
        RepositorySave save = await SaveAsync("One", _sandbox["apps/*"]);
        Assert.Equal(["apps/*"], save.Files);
        Assert.Equal("A  other.txt", _sandbox.Git("status", "--porcelain", "other.txt"));
        Assert.Equal(" M apps/jobs.php", _sandbox.Git("status", "--porcelain", "apps/jobs.php"));
        Assert.Equal("FileNotFound", await FailAsync(() => SaveAsync("x", _sandbox["asterisell.php"])));
        Assert.Equal("MessageMissing", await FailAsync(() => SaveAsync(" ")));
    }

    [Fact]
    public async Task A_secret_is_refused_by_line_and_not_shown()
    {
        _sandbox.Write("fabric_data/asterisell_instances.py", "class Billing:\n  name = 'billing'\n  database_password = 'hunter2'\n");
        _sandbox.Write("passwords.ini", "[passwords]\nbilling=hunter2\n");
        _sandbox.Write("tls/billing.key", "-----BEGIN PRIVATE KEY-----\n");
        string before = _sandbox.Fingerprint();
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(() => SaveAsync("Passwords"));
        Assert.Equal("SecretsFound", refused.ErrorId);
        Assert.Contains("fabric_data/asterisell_instances.py:3 (database_password = '********')", refused.Message, StringComparison.Ordinal);
        Assert.Contains("passwords.ini (", refused.Message, StringComparison.Ordinal);
        Assert.Contains("tls/billing.key:1", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _sandbox.Fingerprint());
        AsterisellRepository repository = await RepositoryReader.ReadAsync(_sandbox.Clone, new CheckoutOptions(), CancellationToken.None);
        Assert.Equal(["fabric_data/asterisell_instances.py:3", "passwords.ini", "tls/billing.key:1"], repository.Secrets.Select(secret => secret.ToString()));
        Assert.DoesNotContain(repository.Secrets, secret => secret.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_in_the_history_already_does_not_stand_in_the_way()
    {
        _sandbox.Write("config/databases.yml", "all:\n  password: root\n");
        _sandbox.Commit("As delivered");
        _sandbox.Write("config/databases.yml", "all:\n  user: me\n  password: root\n");
        Assert.NotNull((await SaveAsync("Another user")).Commit);
        _sandbox.Write("config/databases.yml", "all:\n  user: me\n  password: other\n");
        Assert.Equal("SecretsFound", await FailAsync(() => SaveAsync("Another password")));
    }

    [Fact]
    public async Task What_upstream_ships_does_not_stand_in_the_way_of_a_merge()
    {
        _sandbox.WriteUpstream("config/databases.yml", "all:\n  password: root\n");
        _sandbox.NewVersion();
        _sandbox.Write("apps/rates.php", "ours\n");
        _sandbox.Commit("Ours");
        RepositoryUpdate update = await new RepositoryUpdater(TimeProvider.System).UpdateAsync(_sandbox.Clone, new CheckoutOptions(), null, CancellationToken.None);
        await new RepositoryConflicts(TimeProvider.System).ResolveAsync(Assert.Single(update.Conflicts), ConflictChoice.Ours, new CheckoutOptions(), CancellationToken.None);
        Assert.Equal("Merged", (await SaveAsync("Merged")).Commit!.Subject);
    }

    [Fact]
    public async Task Conflict_markers_are_refused_and_headings_are_not()
    {
        _sandbox.Write("doc/manual.rst", "Title\n=======\n\nGit writes ``>>>>>>> main``\n>>>>>>> quoted\n");
        Assert.NotNull((await SaveAsync("Manual")).Commit);
        _sandbox.Write("apps/jobs.php", "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n");
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(() => SaveAsync("Oops"));
        Assert.Equal("MarkersLeft", refused.ErrorId);
        Assert.Contains("apps/jobs.php:2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_says_no_leaves_the_index_as_it_was()
    {
        _sandbox.Hook("pre-commit", "echo 'syntax error in apps/jobs.php' >&2; exit 1");
        _sandbox.Write("apps/jobs.php", "changed");
        _sandbox.Write("new.txt", "x");
        string before = _sandbox.Fingerprint();
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(() => SaveAsync("No"));
        Assert.Equal("CommitRefused", refused.ErrorId);
        Assert.Contains("syntax error in apps/jobs.php", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _sandbox.Fingerprint());
    }

    [Fact]
    public async Task Commits_are_signed_where_the_operator_signs()
    {
        string key = Path.Combine(_sandbox.Folder, "key");
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]))
        {
            await made.WaitForExitAsync();
        }

        _sandbox.Git("config", "gpg.format", "ssh");
        _sandbox.Git("config", "user.signingKey", key);
        _sandbox.Git("config", "commit.gpgSign", "true");
        _sandbox.Write("new.txt", "x");
        await SaveAsync("Signed");
        Assert.Contains("BEGIN SSH SIGNATURE", _sandbox.Git("cat-file", "commit", "HEAD"), StringComparison.Ordinal);
        File.Delete(key);
        _sandbox.Write("new.txt", "y");
        Assert.Equal("CommitRefused", await FailAsync(() => SaveAsync("No key")));
    }

    private Task<RepositorySave> SaveAsync(string? message, params string[] files) =>
        RepositorySaver.SaveAsync(_sandbox.Clone, message, files, new CheckoutOptions(), CancellationToken.None);

    private static async Task<string> FailAsync(Func<Task> action) => (await Assert.ThrowsAsync<AsterisellException>(action)).ErrorId;
}
