using System.Globalization;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Restore.Application;
using Asterisell.Tests.Integration.Backup;

namespace Asterisell.Tests.Integration.Restore;

/// <summary>Restores of the application's own daily backup, where <c>data restore</c> says "Data restored." whatever became of it.</summary>
public sealed class ApplicationRestoreTests(ApplicationBackupLab own) : IClassFixture<ApplicationBackupLab>, IAsyncLifetime
{
    private readonly BackupInstance _lab = own.Lab;

    private string Files => own.Files;

    public Task InitializeAsync() => own.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task BringsEveryDayBackWithItsObjectsAndKeepsTheUndoHistory()
    {
        string calls = await CallsAsync();
        long total = long.Parse(Assert.Single(await _lab.SqlAsync("SELECT COUNT(*) FROM ar_cdr")), CultureInfo.InvariantCulture);
        string settings = await SettingsAsync();
        string objects = await ObjectsAsync();
        string[] undo = await _lab.SqlAsync("CHECKSUM TABLE ar_organization_backup_of_changes");
        await _lab.SqlAsync("DELETE FROM ar_cdr; DELETE FROM ar_source_cdr LIMIT 100; UPDATE ar_user SET login = CONCAT('x', login); DROP TABLE ar_rate; DROP PROCEDURE schedule_rerating; DROP VIEW ar_view_all_user_permissions; CREATE TABLE since (id INT) SELECT 1 AS id");
        Task<ApplicationLocks>? during = null;

        RestoreResult result = await RestoreAsync(log: new StepLog(step => during ??= step == "Compare" ? _lab.Instance.Application.GetLocksAsync(CancellationToken.None) : null));

        Assert.Equal(total, result.CallCount);
        Assert.Equal(calls, await CallsAsync());
        Assert.Equal(settings, await SettingsAsync());
        Assert.Equal(objects, await ObjectsAsync());
        Assert.Equal(undo, await _lab.SqlAsync("CHECKSUM TABLE ar_organization_backup_of_changes"));
        Assert.Contains(result.Notes, note => note.StartsWith("ar_cdr: 60 days have other numbers of calls than before", StringComparison.Ordinal));
        Assert.Contains("In no dump, and empty now: since.", result.Notes);
        Assert.True((await during!).CronLocked);
        Assert.True((await during).WebLocked);
        await AssertUnlockedAndCleanAsync();
    }

    [Fact]
    public async Task RefusesWhatDataRestoreWouldNotNotice()
    {
        (string Damage, string Why)[] cases =
        [
            ("rm configurations/configurations.sql", "configurations.sql is missing"),
            (": > configurations/configurations.sql", "configurations.sql is empty"),
            ("truncate -s -2000 configurations/configurations.sql", "configurations.sql is truncated"),
            ("truncate -s 20000 reports/reports.sql", "reports.sql is truncated"),
            ("rm -r source-cdrs", "the folder source-cdrs is missing"),
            ("truncate -s -3 $(find cdrs -size +0 -name '*.csv' | tail -1)", "it is cut"),
            ("f=$(find cdrs -size +0 -name '*.csv' | tail -1); sed -i '1s/^[^,]*,//' $f", "cdrs/y_20"),
            ("f=$(find cdrs -size +0 -name '*.csv' | sort | tail -1); cat $(find cdrs -size +0 -name '*.csv' | sort | head -1) >> $f", "rows of"),
            ("sed -i '3i USE `mysql`;' reports/reports.sql", "it chooses a database itself"),
            ("sed -i '3i DROP TABLE IF EXISTS `ar_cdr`; CREATE TABLE `ar_cdr` (id INT);' reports/reports.sql", "it holds ar_cdr too"),
        ];
        string before = await _lab.StateAsync();
        foreach ((string damage, string why) in cases)
        {
            await own.ResetAsync();
            await _lab.ExecAsync("bash", "-ec", $"cd {Files}; {damage}");

            AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => RestoreAsync());

            Assert.Contains(why, failure.Reason, StringComparison.Ordinal);
            await AssertUnlockedAndCleanAsync();
        }

        Assert.Equal(before, await _lab.StateAsync());
    }

    [Fact]
    public async Task GivesTriggersAndViewsOfAnotherDatabaseUserToItsOwn()
    {
        await _lab.ExecAsync("bash", "-ec", $"cd {Files}; sed -i 's/DEFINER=`[^`]*`/DEFINER=`stranger`/' */*.sql; grep -q 'DEFINER=`stranger`' reports/reports.sql");
        string objects = await ObjectsAsync();
        string settings = await SettingsAsync();

        await RestoreAsync();

        Assert.Equal(objects, await ObjectsAsync());
        Assert.Equal(settings, await SettingsAsync());
    }

    [Fact]
    public async Task TakesTheFilesOfASnapshotAndLeavesStrangeOnesOut()
    {
        await _lab.ExecAsync("bash", "-ec", $"cd {Files}; f=$(find cdrs -size +0 -name '*.csv' | head -1); cp $f $f.old");
        string calls = await CallsAsync();
        AsterisellBackup backup = await _lab.BackUpAsync();
        await _lab.ExecAsync("rm", "-r", Files);
        await _lab.SqlAsync("DELETE FROM ar_cdr LIMIT 50");
        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => RestoreAsync());

        RestoreResult result = await RestoreAsync(backup);

        Assert.Equal("ApplicationBackupMissing", failure.ErrorId);
        Assert.Equal(calls, await CallsAsync());
        Assert.Contains(result.Notes, note => note.Contains("data restore would have loaded them", StringComparison.Ordinal));
        Assert.Equal("", await _lab.ExecAsync("bash", "-c", $"ls {Files} 2>/dev/null || true"));
        await AssertUnlockedAndCleanAsync();
    }

    [Fact]
    public async Task AppliesUpgradeJobsAndPutsEverythingBackWhenOneFails()
    {
        await _lab.FaultAsync("pending-db-upgrade-job");
        RestoreResult applied = await RestoreAsync();
        Assert.Single(applied.AppliedUpgradeJobs);
        await _lab.FaultAsync("failing-upgrade-job");
        await _lab.SqlAsync("DELETE FROM ar_cdr LIMIT 7");
        string before = await _lab.StateAsync();

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => RestoreAsync());

        Assert.Equal("RestoreUpgradeJobFailed", failure.ErrorId);
        Assert.Equal(before, await _lab.StateAsync());
        await AssertUnlockedAndCleanAsync();
        await _lab.FaultAsync("failing-upgrade-job", on: false);
        await _lab.FaultAsync("pending-db-upgrade-job", on: false);
    }

    private Task<RestoreResult> RestoreAsync(AsterisellBackup? backup = null, StepLog? log = null) => new ApplicationRestore(TimeProvider.System)
        .RestoreAsync(_lab.Instance, backup, new RestoreOptions(), log ?? new StepLog(), null, CancellationToken.None);

    /// <summary>Every column of every call that the application saves; numbers of rows are given anew.</summary>
    private async Task<string> CallsAsync() => string.Join('\n', await _lab.SqlAsync(
        """
        SELECT DATE(calldate), COUNT(*), SUM(CRC32(CONCAT_WS('|', calldate, to_calldate, count_of_calls, is_redirect, duration, billsec, income, cost, IFNULL(cost_saving, 'N'),
          cached_parent_id_hierarchy, cached_external_telephone_number, debug_cost_rate, IFNULL(ar_problem_duplication_key, 'N')))) FROM ar_cdr GROUP BY 1
        UNION ALL SELECT DATE(calldate), COUNT(*), SUM(CRC32(CONCAT_WS('|', calldate, ar_cdr_provider_id, is_imported_service_cdr, content))) FROM ar_source_cdr GROUP BY 1
        """));

    /// <summary>Rows of every table that the dumps hold.</summary>
    private async Task<string> SettingsAsync()
    {
        string tables = await _lab.ExecAsync("bash", "-c", $"grep -o '^CREATE TABLE `[a-z_]*`' {Files}/reports/reports.sql | cut -d' ' -f3 | grep -v -e ar_check_upgrade_script | paste -sd,");
        return string.Join('\n', await _lab.SqlAsync($"CHECKSUM TABLE {tables.Trim()}"));
    }

    private async Task<string> ObjectsAsync() => string.Join('\n', (await _lab.StateAsync()).Split('\n').Where(line =>
        line.StartsWith("view", StringComparison.Ordinal) || line.StartsWith("trigger", StringComparison.Ordinal) || line.StartsWith("routine", StringComparison.Ordinal)));

    private async Task AssertUnlockedAndCleanAsync()
    {
        Assert.Equal("0", Assert.Single(await _lab.SqlAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_%'")));
        Assert.Equal("", await _lab.ExecAsync("bash", "-c", "ls /var/lib/asterisell-restore"));
        Assert.False((await _lab.Instance.Application.GetLocksAsync(CancellationToken.None)).WebLocked);
    }
}

/// <summary>One instance that has backed itself up, for all tests here.</summary>
public sealed class ApplicationBackupLab : IAsyncLifetime
{
    private const string Kept = "/var/tmp/own-backup";

    internal BackupInstance Lab { get; private set; } = null!;

    /// <summary>Where the application keeps its backups.</summary>
    internal string Files => $"{Lab.Instance.Definition.AdminDirectory}/data_files/messages/backup";

    public async Task InitializeAsync()
    {
        Lab = await BackupInstance.StartAsync(options: ["--cdrs", "1500", "--months", "2", "--fault", "any-time"]);
        string run = await Lab.ExecAsync(
            "bash", "-c", $"cd /var/www/{Lab.Name}/admin && php asterisell.php cron force-execution-of-all-jobs && php asterisell.php run jobs && cp -a {Files} {Kept}");
        Assert.Contains("Jobs were executed.", run, StringComparison.Ordinal);
    }

    public Task DisposeAsync() => Lab.DisposeAsync().AsTask();

    /// <summary>The files as the application wrote them.</summary>
    internal Task ResetAsync() => Lab.ExecAsync("bash", "-ec", $"rm -rf {Files}; cp -a {Kept} {Files}");
}
