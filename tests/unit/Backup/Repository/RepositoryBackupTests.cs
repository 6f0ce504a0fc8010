using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Repository;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Retention;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Backup.Transfer.OpenPgp;
using Asterisell.Engine.Inventory;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Tests.Unit.Backup.Repository;

[SupportedOSPlatform("linux")]
public sealed class RepositoryBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AsterisellInventory _inventory;

    public RepositoryBackupTests()
    {
        Write("fleet/asterisell.yml", """
            version: 1
            targets: { inside: { kind: directory, path: backups } }
            instances:
              billing:
                web: { certificate: tls/billing.crt, certificateKey: tls/billing.key }
                application: { source: ../checkout }
                database: { password: { file: secrets/db }, customerPassword: { env: RETAIN_TEST_CUSTOMER } }
                smtp: { host: mail.example.com, password: { prompt: "mail password" } }
            """);
        Write("fleet/tls/billing.crt", "certificate");
        Write("fleet/tls/billing.key", "private key");
        Write("fleet/secrets/db", "never-in-clear-1\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write("fleet/passwords.ini", "[all]\nroot=as-the-old-tool-had-it\n");
        Write("fleet/backups/local/billing/20260101T000000Z/manifest.json", "{}");
        Write("checkout/asterisell.php", "<?php committed");
        Git("init", "--quiet", "--initial-branch=main");
        Git("add", ".");
        Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "first");
        Write("checkout/asterisell.php", "<?php uncommitted");
        Write("checkout/custom/Own.php", "<?php untracked");
        _inventory = InventoryReader.Read(_folder["fleet/asterisell.yml"]).Require();
    }

    private string Destination => _folder["destination"];

    [Fact]
    public async Task HoldsInventoryCheckoutUncommittedWorkAndCertificates()
    {
        AsterisellBackup backup = await MakeAsync();

        Assert.Equal(("_repository", "fleet", BackupState.Complete), (backup.HostName, backup.Name, backup.State));
        Assert.True(backup.IsProven);
        Assert.Null(backup.Database);
        Assert.Equal(Path.Combine(Destination, "_repository", "fleet", backup.SnapshotId), backup.Path);
        foreach (string path in new[] { "fleet/asterisell.yml", "fleet/tls/billing.crt", "fleet/tls/billing.key", "checkout/custom/Own.php", "checkout/.git/HEAD" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(_folder[path]), await File.ReadAllBytesAsync(Stored(backup, path)));
        }

        Assert.Equal("<?php uncommitted", await File.ReadAllTextAsync(Stored(backup, "checkout/asterisell.php")));
        Assert.Equal("<?php committed", Git("--git-dir", Stored(backup, "checkout/.git"), "show", "main:asterisell.php"));
        Assert.DoesNotContain(backup.Notes, note => note.StartsWith("git", StringComparison.Ordinal));
        Assert.False(Path.Exists(Stored(backup, "fleet/backups")));
    }

    [Fact]
    public async Task IsListedTestedAndWatchedByTheSameCode()
    {
        AsterisellBackup backup = await MakeAsync();

        AsterisellBackup listed = Assert.Single(await BackupCatalog.ListAsync(Destination, (_, _) => true, default).ToListAsync());
        Assert.Equal(backup.SnapshotId, listed.SnapshotId);
        Assert.True(listed.IsProven);
        string file = Stored(backup, "fleet/asterisell.yml");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[10] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        BackupVerdict verdict = await BackupVerifierTests.TestAsync(listed);
        Assert.Contains(verdict.Findings, finding => finding.IsFailure && finding.File.EndsWith("fleet/asterisell.yml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task IsNoBackupOfAnInstanceAndNoneOfAnInstanceIsOne()
    {
        AsterisellBackup repository = await MakeAsync();
        AsterisellBackup instance = await Snapshots.MakeAsync(Destination);
        await Manifests.ChangeAsync(instance.Path, text => text.Replace("\"database\": {", "\"repository\": { \"machine\": \"m\", \"inventory\": \"i\" },\n  \"database\": {"));
        string moved = Path.Combine(Destination, "milan", "billing", repository.SnapshotId);
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => SnapshotSource.OpenAsync("milan/billing", repository.Path, default));
        Assert.Equal("RestoreBackupDamaged", failure.ErrorId);
        Directory.Move(repository.Path, moved);
        await Manifests.ChangeAsync(moved, text => text.Replace("\"name\": \"fleet\"", "\"name\": \"billing\"").Replace("_repository", "milan"));

        Assert.All(
            await BackupCatalog.ListAsync(Destination, (_, _) => true, default).ToListAsync(),
            backup => Assert.False(BackupVerifierTests.TestAsync(backup).GetAwaiter().GetResult().Passed));
    }

    [Fact]
    public async Task PasswordsThatAreReferredToAreNotInIt()
    {
        Environment.SetEnvironmentVariable("RETAIN_TEST_CUSTOMER", "never-in-clear-2");
        AsterisellBackup backup = await MakeAsync();

        Assert.False(File.Exists(Stored(backup, "fleet/secrets/db")));
        Assert.False(Directory.Exists(Path.Combine(backup.Path, "secrets")));
        Assert.Empty(FilesWith(backup, "never-in-clear"));
        SnapshotManifest manifest = (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!;
        Assert.Contains(manifest.LeftOut, text => text.Contains("fleet/secrets/db", StringComparison.Ordinal));
        Assert.Contains(manifest.LeftOut, text => text.Contains("-IncludeSecret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PasswordsThatAreAskedForAreEncrypted()
    {
        Environment.SetEnvironmentVariable("RETAIN_TEST_CUSTOMER", "never-in-clear-2");
        using SecretResolver resolver = new(new NobodyIsAsked());
        Secret passphrase = new("twelve letters");
        byte[] secrets = await RepositorySecrets.CollectAsync(_inventory, resolver, default);

        AsterisellBackup backup = await MakeAsync(new RepositoryOptions { Name = "fleet", Secrets = secrets, Passphrase = passphrase });

        Assert.Empty(FilesWith(backup, "never-in-clear"));
        Assert.Empty(FilesWith(backup, "twelve letters"));
        using FileStream file = File.OpenRead(Path.Combine(backup.Path, "secrets/secrets.json.gpg"));
        using OpenPgpReader plain = await OpenPgpReader.OpenAsync(file, passphrase, default);
        using JsonDocument document = await JsonDocument.ParseAsync(plain);
        JsonElement[] list = [.. document.RootElement.EnumerateArray()];
        Assert.Equal(
            ["local/billing: database.password never-in-clear-1", "local/billing: database.customerPassword never-in-clear-2"],
            list.Select(one => $"{one.GetProperty("owner")} {one.GetProperty("value")}"));
        Assert.Contains("OpenPGP", (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!.Repository!.Encryption);
    }

    [Fact]
    public async Task AShortPassphraseIsRefusedBeforeAnythingIsWritten()
    {
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() =>
            MakeAsync(new RepositoryOptions { Name = "fleet", Secrets = "[]"u8.ToArray(), Passphrase = new Secret("elevenchars") }));

        Assert.Equal("PassphraseTooShort", failure.ErrorId);
        Assert.False(Directory.Exists(Destination));
    }

    [Fact]
    public async Task PasswordsThatStandInTheDirectoryAreNamedAndPrivate()
    {
        AsterisellBackup backup = await MakeAsync();

        string note = Assert.Single(backup.Notes, text => text.Contains("in clear", StringComparison.Ordinal));
        Assert.Contains("fleet/passwords.ini", note);
        Assert.Contains("fleet/tls/billing.key", note);
        Assert.DoesNotContain("as-the-old-tool-had-it", note);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.All(
            new DirectoryInfo(Destination).EnumerateFileSystemInfos("*", SearchOption.AllDirectories),
            found => Assert.True((found.UnixFileMode & Others) == 0 || found.Name is ".lock-owner.json", found.FullName));
    }

    [Fact]
    public async Task WhatDidNotChangeIsSharedAndWhatDidIsNot()
    {
        foreach (string path in new[] { "fleet/tls/billing.crt", "fleet/asterisell.yml" })
        {
            File.SetLastWriteTimeUtc(_folder[path], DateTime.UtcNow.AddHours(-1));
        }

        await MakeAsync();
        Write("fleet/asterisell.yml", await File.ReadAllTextAsync(_folder["fleet/asterisell.yml"]) + "# changed\n");

        AsterisellBackup second = await MakeAsync();

        Assert.Equal(new FileInfo(_folder["fleet/tls/billing.crt"]).Length, second.SharedBytes);
        Assert.True(second.IsProven);
        Assert.EndsWith("# changed\n", await File.ReadAllTextAsync(Stored(second, "fleet/asterisell.yml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatCannotBeReadIsAFailureAndNotASilence()
    {
        // Opens, and then gives an input/output error, also to root.
        await MakeAsync();
        AsterisellInstance instance = _inventory.Instances[0];
        AsterisellInventory broken = _inventory with
        {
            Instances = [instance with { Settings = instance.Settings with { Web = instance.Settings.Web with { Certificate = "/proc/self/mem" } } }],
        };

        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => new RepositoryBackup(TimeProvider.System)
            .MakeAsync(broken, Destination, new RepositoryOptions { Name = "fleet" }, null, default));

        Assert.Equal(("RepositoryFileNotReadable", "/proc/self/mem"), (failure.ErrorId, failure.Target));
        Assert.Single(Directory.GetDirectories(Path.Combine(Destination, "_repository/fleet")), folder => !folder.EndsWith(".verdicts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALinkIsWrittenDownAndNotFollowed()
    {
        File.CreateSymbolicLink(_folder["fleet/loop"], _folder["fleet"]);

        AsterisellBackup backup = await MakeAsync();

        Assert.False(Path.Exists(Stored(backup, "fleet/loop")));
        Assert.Contains($"\"linkTarget\":\"{_folder["fleet"]}\"", await File.ReadAllTextAsync(Path.Combine(backup.Path, "files.jsonl")));
    }

    [Fact]
    public async Task WhatHasVanishedFromItMakesTheCopyAnotherOne()
    {
        await MakeAsync();
        File.Delete(_folder["checkout/custom/Own.php"]);

        AsterisellBackup second = await MakeAsync();

        Assert.False(Path.Exists(Stored(second, "checkout/custom/Own.php")));
    }

    [Fact]
    public void SeesWhatChangesBetweenTwoLooks()
    {
        RepositorySources sources = RepositorySources.Of(_inventory, Destination);
        List<RepositoryItem> before = RepositoryTree.Scan(sources, default);
        Assert.Empty(RepositoryTree.Compare(before, RepositoryTree.Scan(sources, default)));

        Write("fleet/new", "x");
        File.Delete(_folder["fleet/passwords.ini"]);
        Write("checkout/asterisell.php", "<?php UNCOMMITTED");

        Assert.Equal(
            [_folder["checkout/asterisell.php"], _folder["fleet/new"], _folder["fleet/passwords.ini"]],
            RepositoryTree.Compare(before, RepositoryTree.Scan(sources, default)));
    }

    [Fact]
    public async Task NothingIsPrunedWithoutACheckedCopy()
    {
        // The old script removed increments whether the copy had worked or not.
        AsterisellBackup first = await MakeAsync();
        AsterisellBackup second = await MakeAsync();
        File.Delete(Path.Combine(second.Path, SnapshotLayout.Manifest));

        RetentionSeries series = await RetentionSeries.DecideAsync(
            new FolderTarget(null, Destination), "_repository", "fleet", new RetentionRules { Last = 1 }, TimeZoneInfo.Utc, null, TimeProvider.System, default);
        await series.RemoveAsync(series.Decisions.Select(decision => decision.Path).ToHashSet(), null, default);

        Assert.True(Directory.Exists(first.Path));
        Assert.Contains("is damaged", series.Hold);
    }

    [Fact]
    public void AYearIsKeptWithoutAWordInTheInventory() => Assert.Equal(
        new RetentionRules { Within = TimeSpan.FromDays(366) },
        RetentionSeries.RulesOf(new FolderTarget(null, Destination), "_repository", () => throw new InvalidOperationException()));

    [Theory]
    [InlineData("/srv/fleet/asterisell.yml", "fleet")]
    [InlineData("/srv/My Fleet/asterisell.yml", "My-Fleet")]
    [InlineData("/home/me/.config/.asterisell/asterisell.yml", "asterisell")]
    [InlineData("/asterisell.yml", "root")]
    [InlineData("/srv/.../asterisell.yml", "root")]
    public void ItsNameIsAFolderEverywhere(string inventory, string name)
    {
        Assert.Equal(name, RepositoryLayout.NameOf(new AsterisellInventory { Path = inventory }));
        Assert.True(SnapshotPath.IsSafeFolderName(name));
    }

    public void Dispose() => _folder.Dispose();

    private Task<AsterisellBackup> MakeAsync(RepositoryOptions? options = null) =>
        new RepositoryBackup(TimeProvider.System).MakeAsync(_inventory, Destination, options ?? new RepositoryOptions { Name = "fleet" }, null, default);

    private string Stored(AsterisellBackup backup, string path) => backup.Path + "/files" + _folder[path];

    private void Write(string path, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], content);
        File.SetUnixFileMode(_folder[path], mode);
    }

    private string Git(params string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments) { WorkingDirectory = _folder["checkout"], RedirectStandardOutput = true, RedirectStandardError = true };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        string error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
        return output;
    }

    private static string[] FilesWith(AsterisellBackup backup, string text) =>
        [.. Directory.GetFiles(backup.Path, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)];

    private sealed class NobodyIsAsked : ISecretSource
    {
        public Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation) => throw new InvalidOperationException();

        public Task<Secret?> AskAsync(string question, CancellationToken cancellation) => throw new InvalidOperationException();
    }
}
