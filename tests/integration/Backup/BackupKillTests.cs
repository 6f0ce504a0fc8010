using System.Diagnostics;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>Kills whole backup processes at random moments, with a fixed seed.</summary>
public class BackupKillTests
{
    [Fact]
    public async Task ShowsOnlyWholeSnapshotsAfterKills()
    {
        int kills = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 40 : 4;
        Random random = new(20240501);
        await using BackupInstance lab = await BackupFailureTests.LargeAsync();
        long started = Stopwatch.GetTimestamp();
        AsterisellBackup proven = await lab.BackUpAsync();
        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        for (int i = 0; i < kills; i++)
        {
            using Process process = Start(lab);
            await Task.Delay(whole * (0.3 + random.NextDouble()));
            process.Kill();
            await process.WaitForExitAsync();
            foreach (AsterisellBackup visible in await Catalog(lab))
            {
                Assert.Equal(BackupState.Complete, visible.State);
                Assert.True((await BackupInstance.TestAsync(visible)).Passed, $"kill {i}: {visible}");
            }
        }

        AsterisellBackup last = await lab.BackUpAsync();

        Assert.True((await BackupInstance.TestAsync(last)).Passed);
        Assert.True((await BackupInstance.TestAsync(proven)).Passed);
        Assert.DoesNotContain(BackupInstance.Entries(lab.Folder), name => name.StartsWith(".partial-", StringComparison.Ordinal));
        Assert.Empty(await lab.ProgramsAsync());
        Assert.Equal("0", Assert.Single(await lab.SqlAsync("SELECT COUNT(*) FROM information_schema.INNODB_TRX")));
    }

    private static Process Start(BackupInstance lab)
    {
        AsterisellHost host = lab.Instance.Definition.Host;
        ProcessStartInfo start = new("dotnet", [typeof(Program).Assembly.Location, "backup", host.Name, host.Endpoint.ToString(), lab.Name, lab.Destination])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<List<AsterisellBackup>> Catalog(BackupInstance lab) =>
        await Asterisell.Engine.Backup.BackupCatalog.ListAsync(lab.Destination, (_, _) => true, default).ToListAsync();
}
