using System.Diagnostics;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>Whatever goes wrong is named, leaves nothing visible and nothing running, and touches no earlier snapshot.</summary>
public class BackupFailureTests
{
    [Theory]
    [InlineData("dump-fails", "BackupDumpFailed")]
    [InlineData("dump-truncated", "BackupDumpTruncated")]
    public async Task NamesADumpThatFails(string fault, string errorId)
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        AsterisellBackup earlier = await lab.BackUpAsync();
        await lab.FaultAsync(fault);

        AsterisellException failure = await lab.FailToBackUpAsync();

        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal(lab.Instance.Definition.ToString(), failure.Target);
        Assert.True((await BackupInstance.TestAsync(earlier)).Passed);
        await lab.FaultAsync(fault, on: false);
        Assert.True((await BackupInstance.TestAsync(await lab.BackUpAsync())).Passed);
    }

    [Fact]
    public async Task FindsRowsThatMysqldumpLeftOut()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        await lab.ExecAsync(
            "bash", "-c", """printf '%s\n' '#!/bin/bash' '/usr/bin/mariadb-dump "$@" | sed "/^INSERT INTO .ar_cdr./,/;\$/{/^(7,/d}"' > /usr/local/sbin/mariadb-dump; chmod +x /usr/local/sbin/mariadb-dump""");

        AsterisellException failure = await lab.FailToBackUpAsync();

        Assert.Equal("BackupRowsDiffer", failure.ErrorId);
        Assert.Matches(@"ar_cdr of \d{4}-\d{2} has (\d+) rows in the dump and (\d+) in the database at the same moment", failure.Message);
    }

    [Theory]
    [InlineData("DROP TABLE ar_cdr", "has no table ar_cdr")]
    [InlineData("DROP DATABASE `{0}`; CREATE DATABASE `{0}`", "has no tables")]
    public async Task MakesNoEmptyBackup(string sql, string why)
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        await lab.SqlAsync(sql.Replace("{0}", lab.Name, StringComparison.Ordinal));

        AsterisellException failure = await lab.FailToBackUpAsync();

        Assert.Equal("BackupDatabaseEmpty", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysThatTheContainerIsNotRunning()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        await lab.DockerAsync("kill", lab.Name);

        Assert.Equal("InstanceNotRunning", (await lab.FailToBackUpAsync()).ErrorId);
    }

    [Fact]
    public async Task SaysThatTheContainerDiedInTheMiddle()
    {
        await using BackupInstance lab = await LargeAsync();
        Task<AsterisellException> failing = lab.FailToBackUpAsync();
        await DumpIsUnderWayAsync(lab, failing);

        await lab.DockerAsync("kill", lab.Name);

        AsterisellException failure = await failing;
        Assert.Equal("BackupContainerStopped", failure.ErrorId);
        Assert.Contains("code 137", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysThatTheDatabaseDiedInTheMiddle()
    {
        await using BackupInstance lab = await LargeAsync();
        Task<AsterisellException> failing = lab.FailToBackUpAsync();
        await DumpIsUnderWayAsync(lab, failing);

        await lab.ExecAsync("bash", "-c", "kill -9 $(pidof mariadbd)");

        AsterisellException failure = await failing;
        Assert.Equal("BackupDatabaseLost", failure.ErrorId);
        Assert.Matches("Lost connection|gone away", failure.Message);
    }

    [Fact]
    public async Task LeavesNothingWhenCancelled()
    {
        await using BackupInstance lab = await LargeAsync();
        using CancellationTokenSource stop = new();
        Task<AsterisellBackup> running = lab.BackUpAsync(cancellation: stop.Token);
        await DumpIsUnderWayAsync(lab, running);
        Assert.NotEmpty(await lab.ProgramsAsync());
        long asked = Stopwatch.GetTimestamp();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalSeconds, 0, 20);
        Assert.Empty(BackupInstance.Entries(lab.Folder));
        Assert.Empty(await lab.ProgramsAsync());
        Assert.Equal("0", Assert.Single(await lab.SqlAsync("SELECT COUNT(*) FROM information_schema.INNODB_TRX")));
    }

    [Fact]
    public async Task NamesADiskThatFillsUpInTheMiddle()
    {
        await using BackupInstance lab = await LargeAsync();
        using SmallDisk disk = new(megabytes: 32);
        AsterisellBackup earlier = await lab.BackUpAsync(disk.Path);
        await lab.SqlAsync("CREATE TABLE noise (id INT AUTO_INCREMENT PRIMARY KEY, data BLOB); INSERT INTO noise (data) SELECT RANDOM_BYTES(1000) FROM ar_cdr LIMIT 20000");

        AsterisellException failure = await lab.FailToBackUpAsync(disk.Path);

        Assert.Equal("BackupTargetFull", failure.ErrorId);
        Assert.True((await BackupInstance.TestAsync(earlier)).Passed);
        await lab.SqlAsync("DROP TABLE noise");
        Assert.True((await BackupInstance.TestAsync(await lab.BackUpAsync(disk.Path))).Passed);
    }

    [Fact]
    public async Task BeginsNothingThatCannotFit()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        using SmallDisk disk = new(megabytes: 8);
        AsterisellBackup earlier = await lab.BackUpAsync(disk.Path);
        string filler = Path.Combine(disk.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[(int)disk.FreeBytes() - (256 * 1024)]);

        AsterisellException failure = await lab.FailToBackUpAsync(disk.Path);

        Assert.Equal("BackupTargetTooSmall", failure.ErrorId);
        Assert.Matches(@"has \d+ KB free, and the backup would need about \d+ KB, by what the snapshot \w+ has\. Nothing was written\.", failure.Message);
        Assert.True((await BackupInstance.TestAsync(earlier)).Passed);
        File.Delete(filler);
        Assert.True((await BackupInstance.TestAsync(await lab.BackUpAsync(disk.Path))).Passed);
    }

    [Fact]
    public async Task BeginsNoFirstBackupThatCannotFit()
    {
        await using BackupInstance lab = await LargeAsync();
        using SmallDisk disk = new(megabytes: 1);
        await lab.SqlAsync("ANALYZE TABLE ar_cdr, ar_source_cdr");

        AsterisellException failure = await lab.FailToBackUpAsync(disk.Path);

        Assert.Equal("BackupTargetTooSmall", failure.ErrorId);
        Assert.Contains("at the least for a database of", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakesOneAtATime()
    {
        await using BackupInstance lab = await LargeAsync();
        Task<AsterisellBackup> first = lab.BackUpAsync();
        await DumpIsUnderWayAsync(lab, first);

        AsterisellException refused = await lab.FailToBackUpAsync();

        Assert.Equal("BackupAlreadyRunning", refused.ErrorId);
        Assert.Contains($"process {Environment.ProcessId} of", refused.Message, StringComparison.Ordinal);
        Assert.True((await BackupInstance.TestAsync(await first)).Passed);
    }

    [Fact]
    public async Task NamesAnUpgradeInTheMiddleAndIgnoresScratchTables()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        foreach (string table in new[] { "ar_expanded_extensions", "ar_check_upgrade_script", "aa_blocked", "zz_last" })
        {
            await lab.SqlAsync($"CREATE TABLE IF NOT EXISTS {table} (id INT)");
        }

        AsterisellBackup backup = await BackUpWhileAsync(lab, "TRUNCATE ar_expanded_extensions; ALTER TABLE ar_check_upgrade_script ADD COLUMN more INT");
        Assert.True((await BackupInstance.TestAsync(backup)).Passed);

        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => BackUpWhileAsync(lab, "TRUNCATE zz_last"));

        Assert.Equal("BackupSchemaChanged", failure.ErrorId);
        Assert.Contains("zz_last", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BelievesNoTarOfAContainerThatWasBrokenInto()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        await lab.ExecAsync(
            "bash", "-c",
            """
            mkdir /tmp/t; cd /tmp/t; echo pwned > x
            tar --create --absolute-names --transform 's,^x$,../../../../escaped,' --file=/tmp/evil.tar x
            printf '%s\n' '#!/bin/bash' 'exec cat /tmp/evil.tar' > /usr/local/sbin/tar; chmod +x /usr/local/sbin/tar
            """);

        AsterisellException failure = await lab.FailToBackUpAsync();

        Assert.Equal("BackupArchiveInvalid", failure.ErrorId);
        Assert.Contains("leads out of its directory", failure.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(lab.Destination, "escaped")));
    }

    [Fact]
    public async Task ReadsChangedFilesAgainAndNamesThoseThatKeepChanging()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        string input = $"{lab.Instance.Definition.AdminDirectory}/data_files/messages/input";
        await lab.ExecAsync(
            "bash", "-c", $"mkdir -p {input}; cd {input}; (while :; do echo line >> growing; done) > /dev/null 2>&1 &");

        AsterisellBackup backup = await lab.BackUpAsync();

        Assert.Contains(backup.Notes, note => note.StartsWith($"'{input}/growing' kept changing", StringComparison.Ordinal));
        Assert.True((await BackupInstance.TestAsync(backup)).Passed);
    }

    /// <summary>An instance whose dump takes a while.</summary>
    internal static Task<BackupInstance> LargeAsync() => BackupInstance.StartAsync("local", "--cdrs", "60000", "--months", "6");

    /// <summary>Waits until the dump has begun to arrive, <paramref name="but"/> an earlier snapshot's; fails when the backup ends before.</summary>
    internal static async Task DumpIsUnderWayAsync(BackupInstance lab, Task backup, string? but = null)
    {
        while (!Directory.Exists(lab.Folder)
            || !Directory.EnumerateFiles(lab.Folder, "20*.sql.gz", SearchOption.AllDirectories)
                .Any(file => (but is null || !file.StartsWith(but, StringComparison.Ordinal)) && new FileInfo(file).Length > 0))
        {
            Assert.False(backup.IsCompleted, $"The backup ended too soon: {backup.Exception?.InnerException?.Message}");
            await Task.Delay(5);
        }
    }

    /// <summary>Runs SQL while the dump waits for the table <c>aa_blocked</c>, its moment behind it.</summary>
    private static async Task<AsterisellBackup> BackUpWhileAsync(BackupInstance lab, string sql)
    {
        Task<string[]> blocking = lab.SqlAsync("LOCK TABLES aa_blocked WRITE; SELECT SLEEP(100)");
        Task<AsterisellBackup> running = lab.BackUpAsync();
        const string Waiting = "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE '%SQL_NO_CACHE%aa_blocked%' AND INFO NOT LIKE '%PROCESSLIST%'";
        while ((await lab.SqlAsync(Waiting)).Length == 0)
        {
            Assert.False(running.IsCompleted, $"The backup ended too soon: {running.Exception?.InnerException?.Message}");
        }

        await lab.SqlAsync(sql);
        Assert.False(blocking.IsCompleted);
        await lab.SqlAsync("SELECT CONCAT('KILL ', ID) INTO @kill FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%'; EXECUTE IMMEDIATE @kill");
        await Assert.ThrowsAsync<InvalidOperationException>(() => blocking);
        return await running;
    }
}
