using System.Text.Json;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Integration.Backup;

public class BackupTests
{
    private const string OwnBackupNeverRan =
        "The application's own backup: the application's backup jobs have never run: there are no files for data restore.";

    [Fact]
    public async Task HoldsEverythingAndLoadsAsTheSameDatabase()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "5000", "--months", "3");
        await lab.SqlAsync("CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM ar_lock WHERE name = 'x'");
        await lab.ExecAsync("bash", "-c", "mkdir -p /etc/odd; printf x > '/etc/odd/new\nline'; printf y > $'/etc/odd/\\xff'; ln -s /etc/shadow /etc/odd/link; mkfifo /etc/odd/pipe");

        AsterisellBackup backup = await lab.BackUpAsync();

        BackupVerdict verdict = await BackupInstance.TestAsync(backup);
        Assert.Equal([OwnBackupNeverRan], verdict.Findings.Select(finding => finding.What));
        Assert.True(verdict.Passed);
        Assert.Equal([OwnBackupNeverRan], backup.Notes);
        Assert.Equal(BackupState.Complete, backup.State);
        Assert.Equal(long.Parse((await lab.SqlAsync("SELECT COUNT(*) FROM ar_cdr"))[0], null), backup.CallCount);
        SnapshotManifest manifest = (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!;
        await CompareDaysAsync(lab, manifest);
        await CompareAfterLoadAsync(lab, backup, manifest);
        await CompareTreeAsync(lab, backup);
        CompareAccounts(await File.ReadAllTextAsync(Path.Combine(backup.Path, SnapshotLayout.Accounts)), lab.Name);
        Assert.Equal(["nightly"], manifest.Database.Events);
        Assert.Contains("schedule_rerating", manifest.Database.Routines);
        Assert.Contains("compile_rate_trigger", manifest.Database.Triggers);
        Assert.Equal("Asterisell-5.8", manifest.Versions.Application);
        Assert.Equal(ConsistencyMethod.SnapshotTransactionsOfOneMoment, manifest.Database.Consistency.Method);
        Assert.All(manifest.Database.Tables.Where(table => !IsScratch(table.Name)), table => Assert.Equal(table.Rows, table.RowsCounted));
    }

    [Fact]
    public async Task TellsNoSecretInInventoryAndContainer()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        AsterisellBackup backup = await lab.BackUpAsync();

        string definition = await File.ReadAllTextAsync(Path.Combine(backup.Path, SnapshotLayout.Inventory))
            + await File.ReadAllTextAsync(Path.Combine(backup.Path, SnapshotLayout.Container))
            + await File.ReadAllTextAsync(Path.Combine(backup.Path, SnapshotLayout.Manifest))
            + await File.ReadAllTextAsync(Path.Combine(backup.Path, SnapshotLayout.Listing));

        Assert.DoesNotContain("password-of", definition, StringComparison.Ordinal);
        Assert.Equal(lab.Name, JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(backup.Path, SnapshotLayout.Inventory))).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task WorksThroughSsh()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("milan");

        AsterisellBackup backup = await lab.BackUpAsync();

        Assert.True((await BackupInstance.TestAsync(backup)).Passed);
        Assert.Equal("milan", backup.HostName);
    }

    [Fact]
    public async Task IsNotDisturbedByTheApplicationAtWork()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "20000", "--months", "6");
        string admin = lab.Instance.Definition.AdminDirectory;
        Task<string> working = lab.ExecAsync(
            "bash", "-c", $"cd {admin}; for i in 1 2 3 4 5 6; do php asterisell.php cron enable; php asterisell.php run jobs; done; touch /tmp/done");

        List<AsterisellBackup> backups = [];
        while (!working.IsCompleted || backups.Count == 0)
        {
            backups.Add(await lab.BackUpAsync());
        }

        await working;
        foreach (AsterisellBackup backup in backups)
        {
            BackupVerdict verdict = await BackupInstance.TestAsync(backup);
            Assert.True(verdict.Passed, string.Join('\n', verdict.Findings));
        }

        Assert.Equal("0", Assert.Single(await lab.SqlAsync("SELECT COUNT(*) FROM ar_job_queue WHERE state = 3")));
    }

    [Fact]
    public async Task WaitsForJobsWhereATableHasNoSnapshots()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        await lab.SqlAsync("CREATE TABLE custom_notes (id INT PRIMARY KEY) ENGINE=MyISAM; INSERT INTO custom_notes VALUES (1),(2)");
        bool cronLocked = (await lab.Instance.Application.GetLocksAsync(default)).CronLocked;

        AsterisellBackup backup = await lab.BackUpAsync();

        ManifestDatabase database = (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!.Database;
        Assert.Equal(ConsistencyMethod.SnapshotTransactionUnderJobLock, database.Consistency.Method);
        Assert.Contains("MyISAM", database.Consistency.Statement, StringComparison.Ordinal);
        Assert.Equal(1, database.Consistency.Engines["MyISAM"]);
        Assert.Equal(cronLocked, (await lab.Instance.Application.GetLocksAsync(default)).CronLocked);
    }

    [Fact]
    public async Task TakesTheContentBehindALinkedDirectory()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        string uploads = $"{lab.Instance.Definition.AdminDirectory}/web/uploads";
        await lab.ExecAsync("bash", "-c", $"mkdir /srv/data && mv {uploads} /srv/data/uploads && ln -s /srv/data/uploads {uploads} && echo logo > /srv/data/uploads/logo.png");

        AsterisellBackup backup = await lab.BackUpAsync();

        Assert.True(File.Exists(Path.Combine(backup.Path, "files/srv/data/uploads/logo.png")));
        Assert.Contains(backup.Notes, note => note.Contains("is a link to '/srv/data/uploads'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SaysWhatIsNotThereAndWhatElseIs()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        string messages = $"{lab.Instance.Definition.AdminDirectory}/data_files/messages";
        await lab.ExecAsync("rm", "-rf", $"{messages}/backup");
        await lab.SqlAsync("CREATE DATABASE other");

        AsterisellBackup backup = await lab.BackUpAsync();

        Assert.Contains(backup.Notes, note => note == $"The container has no '{messages}/backup'.");
        Assert.Contains(backup.Notes, note => note.Contains("another database 'other'", StringComparison.Ordinal));
        SnapshotManifest manifest = (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!;
        Assert.False(manifest.Sources.Single(source => source.Path == $"{messages}/backup").Present);
    }

    [Fact]
    public async Task BacksUpAsTheApplicationWhereRootHasAnotherPassword()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        await lab.SqlAsync("SET PASSWORD FOR root@localhost = PASSWORD('other')");

        AsterisellBackup backup = await lab.BackUpAsync();

        Assert.Contains(backup.Notes, note => note.Contains("another password", StringComparison.Ordinal));
        Assert.True((await BackupInstance.TestAsync(backup)).Passed);
        SnapshotManifest manifest = (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!;
        Assert.Equal($"{lab.Name}@localhost", manifest.Database.DumpedAs);
    }

    private static bool IsScratch(string table) => table is "ar_check_upgrade_script" or "ar_expanded_extensions" or "ar_postponed_report_tmp";

    /// <summary>Loads the pieces in their order into a scratch database beside the original and compares every table.</summary>
    internal static async Task CompareAfterLoadAsync(BackupInstance lab, AsterisellBackup backup, SnapshotManifest manifest)
    {
        await LoadAsync(lab, backup, manifest);
        string[] tables = await lab.SqlAsync("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1");
        Assert.NotEmpty(tables);
        string list = string.Join(", ", tables.Select(table => $"`{table}`"));
        string[] original = Checksums(await lab.SqlAsync($"CHECKSUM TABLE {list}"));
        Assert.Equal(original, Checksums(await lab.SqlAsync($"CHECKSUM TABLE {list}", "scratch")));
        foreach (string question in new[]
        {
            "SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1",
            "SELECT TRIGGER_NAME, ACTION_STATEMENT FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY 1",
            "SELECT ROUTINE_NAME, ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY 1",
            "SELECT EVENT_NAME, EVENT_DEFINITION FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY 1",
        })
        {
            string[] wanted = await lab.SqlAsync(question);
            Assert.NotEmpty(wanted);
            Assert.Equal(wanted, await lab.SqlAsync(question, "scratch"));
        }
    }

    /// <summary>Loads the pieces one after another into the database <c>scratch</c>, which is made anew.</summary>
    internal static async Task LoadAsync(BackupInstance lab, AsterisellBackup backup, SnapshotManifest manifest)
    {
        await lab.SqlAsync("DROP DATABASE IF EXISTS scratch; CREATE DATABASE scratch CHARACTER SET utf8");
        await lab.ExecAsync("rm", "-rf", "/tmp/pieces");
        await lab.DockerAsync("cp", Path.Combine(backup.Path, SnapshotLayout.DatabaseFolder), $"{lab.Name}:/tmp/pieces");
        string files = string.Join(' ', manifest.Database.Pieces.Select(piece => $"/tmp/pieces{piece.Path[SnapshotLayout.DatabaseFolder.Length..]}"));
        await lab.ExecAsync(
            "bash", "-c", $"set -euo pipefail; for piece in {files}; do gzip -dc $piece | mysql -uroot -pdb-password-of-{lab.Name} scratch; done");
    }

    private static async Task CompareDaysAsync(BackupInstance lab, SnapshotManifest manifest)
    {
        string[] published = (await lab.ExecAsync("bash", "-c", "cut -f1,2 /var/lib/asterisell-lab/cdrs-per-day.tsv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] days = [.. manifest.Database.Days.Where(day => day.Table == "ar_cdr").Select(day => $"{day.Day}\t{day.Rows}")];
        Assert.Equal(published.Where(line => char.IsDigit(line[0]) && !line.EndsWith("\t0", StringComparison.Ordinal)), days);
    }

    private static async Task CompareTreeAsync(BackupInstance lab, AsterisellBackup backup)
    {
        await using FileStream listing = File.OpenRead(Path.Combine(backup.Path, SnapshotLayout.Listing));
        List<SnapshotEntry> entries = await FileListing.ReadAsync(listing, default).ToListAsync();
        string[] sums = (await lab.ExecAsync("bash", "-c", "cd / && find etc var/www/*/admin/web/uploads var/www/*/admin/data_files/messages/backup -type f -not -path '*/odd/*' -print0 | sort -z | xargs -0 sha256sum"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> stored = entries.Where(entry => entry.Kind == SnapshotEntryKind.File && entry.Source is not null)
            .ToDictionary(entry => entry.Source![1..], entry => entry.Sha256!);
        Assert.True(sums.Length > 100);
        Assert.All(sums, line => Assert.Equal(line[..64], stored[line[66..]]));
        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(backup.Path, "files/etc/odd/new%0Aline")));
        Assert.Equal("y", await File.ReadAllTextAsync(Path.Combine(backup.Path, "files/etc/odd/%FF")));
        Assert.Equal([.. "/etc/odd/"u8, 0xFF], Convert.FromBase64String(entries.Single(entry => entry.SourceBytes is not null).SourceBytes!));
        Assert.Equal("/etc/shadow", entries.Single(entry => entry.Source == "/etc/odd/link").LinkTarget);
        Assert.Equal(SnapshotEntryKind.Special, entries.Single(entry => entry.Source == "/etc/odd/pipe").Kind);
        Assert.DoesNotContain(new DirectoryInfo(backup.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories), found => found.LinkTarget is not null);
    }

    private static void CompareAccounts(string accounts, string name)
    {
        Assert.Contains($"CREATE USER IF NOT EXISTS `{name}`@`localhost` IDENTIFIED BY PASSWORD '*", accounts, StringComparison.Ordinal);
        Assert.Contains($"CREATE USER IF NOT EXISTS `usr_{name}`@`localhost`", accounts, StringComparison.Ordinal);
        Assert.Contains($"GRANT INSERT ON `{name}`.`ar_user_change_password_request` TO `usr_{name}`@`localhost`;", accounts, StringComparison.Ordinal);
        Assert.Contains("-- Account: 'root'@'localhost'", accounts, StringComparison.Ordinal);
    }

    private static string[] Checksums(string[] lines)
    {
        Assert.DoesNotContain(lines, line => line.EndsWith("NULL", StringComparison.Ordinal));
        return [.. lines.Select(line => line[(line.IndexOf('.') + 1)..]).Order(StringComparer.Ordinal)];
    }
}
