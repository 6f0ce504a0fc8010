using System.Diagnostics;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Tests.Integration.Backup;
using Xunit.Abstractions;

namespace Asterisell.Tests.Integration.Restore;

/// <summary>Whatever goes wrong in a restore, the data from before are back, whole, and nothing is left.</summary>
public class RestoreFailureTests(ITestOutputHelper output)
{
    [Fact]
    public async Task PutsEverythingBackWhenAnUpgradeJobFailsAfterTheExchange()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync(options: ["--cdrs", "500", "--months", "2"]);
        AsterisellBackup backup = await lab.BackUpAsync();
        string uploads = $"/var/www/{lab.Name}/admin/web/uploads";
        await lab.SqlAsync("DELETE FROM ar_cdr LIMIT 7; DROP TRIGGER compile_rate_trigger; CREATE TABLE since (id INT PRIMARY KEY); INSERT INTO since VALUES (1)");
        await lab.ExecAsync("bash", "-c", $"printf newer > {uploads}/newer");
        await lab.FaultAsync("failing-upgrade-job");
        string before = await lab.StateAsync();

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.RestoreAsync(backup));

        Assert.Equal("RestoreUpgradeJobFailed", failure.ErrorId);
        await AssertAsBeforeAsync(lab, before);
        Assert.Equal("newer", await lab.ExecAsync("cat", $"{uploads}/newer"));
    }

    [Fact]
    public async Task PutsEverythingBackWhenTheDatabaseDiesWhileItLoads()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync(options: ["--cdrs", "20000", "--months", "2"]);
        AsterisellBackup backup = await lab.BackUpAsync();
        await lab.SqlAsync("DELETE FROM ar_cdr LIMIT 7");
        string before = await lab.StateAsync();
        Task<RestoreResult> restoring = lab.RestoreAsync(backup);
        while ((await lab.SqlAsync("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_restore'")).Length == 0 && !restoring.IsCompleted)
        {
            await Task.Delay(20);
        }

        await lab.ExecAsync("bash", "-c", "kill -9 $(pidof mariadbd)");

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => restoring);
        Assert.Equal(ErrorKind.Connection, failure.Kind);
        await AssertAsBeforeAsync(lab, before);
    }

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task LeavesOldOrNewDataWholeAfterKills()
    {
        int kills = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 30 : 3;
        Random random = new(20261123);
        await using BackupInstance lab = await BackupInstance.StartAsync(options: ["--cdrs", "3000", "--months", "2", "--fault", "any-time"]);
        await lab.ExecAsync("bash", "-c", $"cd /var/www/{lab.Name}/admin && php asterisell.php cron force-execution-of-all-jobs && php asterisell.php run jobs");
        string restored = await lab.StateAsync();
        AsterisellBackup backup = await lab.BackUpAsync();
        long begin = Stopwatch.GetTimestamp();
        using (Process whole = Start(lab, "application"))
        {
            await whole.WaitForExitAsync();
        }

        TimeSpan longest = Stopwatch.GetElapsedTime(begin);
        string own = await lab.StateAsync();
        await lab.SqlAsync("DELETE FROM ar_cdr LIMIT 7; UPDATE ar_user SET login = CONCAT('x', login)");
        string before = await lab.StateAsync();
        int exchanged = 0;
        for (int i = 0; i < kills; i++)
        {
            bool application = i % 3 == 1;
            using Process process = Start(lab, application ? "application" : backup.Path);
            await Task.Delay(longest * (0.1 + (0.9 * random.NextDouble())));
            process.Kill();
            await process.WaitForExitAsync();

            _ = await InstanceRestore.RecoverAsync(lab.Instance, CancellationToken.None);

            string state = await lab.StateAsync();
            Assert.Contains(state, new[] { before, application ? own : restored });
            await AssertCleanAsync(lab);
            exchanged += state == before ? 0 : 1;
            before = state;
        }

        output.WriteLine($"{kills} kills; after {exchanged} of them the new data were whole, after the others the old.");
    }

    private static Process Start(BackupInstance lab, string source)
    {
        AsterisellHost host = lab.Instance.Definition.Host;
        return Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Program).Assembly.Location, "restore", host.Name, host.Endpoint.ToString(), lab.Name, source]))!;
    }

    private static async Task AssertAsBeforeAsync(BackupInstance lab, string before)
    {
        Assert.Equal(before, await lab.StateAsync());
        await AssertCleanAsync(lab);
    }

    private static async Task AssertCleanAsync(BackupInstance lab)
    {
        Assert.Equal("0", Assert.Single(await lab.SqlAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_%'")));
        Assert.Equal("", await lab.ExecAsync("bash", "-c", "ls /var/lib/asterisell-restore"));
        Assert.False((await lab.Instance.Application.GetActivityAsync(CancellationToken.None)).Locks.WebLocked);
    }
}
