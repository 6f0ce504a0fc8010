using System.Diagnostics;
using Xunit.Abstractions;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>Kills whole backup processes at random moments, with a fixed seed.</summary>
[Trait("Category", "Campaign")]
public class BackupKillTests(ITestOutputHelper output)
{
    /// <summary>Programs that lost their reader end within this.</summary>
    private static readonly TimeSpan CleanWithin = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ShowsOnlyWholeSnapshotsAfterKills()
    {
        int kills = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 100 : 4;
        Random random = new(20240501);
        await using BackupInstance lab = await BackupFailureTests.LargeAsync();
        AsterisellBackup proven = await lab.BackUpAsync();
        TimeSpan whole = await UndisturbedAsync(lab);
        string temporary = await TemporaryFilesAsync(lab);
        ApplicationLocks locks = await lab.Instance.Application.GetLocksAsync(default);
        string before = await HashAsync(proven);
        HashSet<string> tested = [];
        HashSet<string> unfinished = [];
        TimeSpan longest = TimeSpan.Zero;
        for (int i = 0; i < kills; i++)
        {
            using Process process = Start(lab);
            await Task.Delay(whole * (0.15 + (0.9 * random.NextDouble())));
            process.Kill();
            await process.WaitForExitAsync();
            TimeSpan clean = await CleanAsync(lab, i);
            longest = clean > longest ? clean : longest;
            unfinished.UnionWith(BackupInstance.Entries(lab.Folder).Where(name => name.StartsWith(".partial-", StringComparison.Ordinal)));
            foreach (AsterisellBackup visible in await Catalog(lab))
            {
                Assert.Equal(BackupState.Complete, visible.State);
                Assert.True(!tested.Add(visible.SnapshotId) || (await BackupInstance.TestAsync(visible)).Passed, $"kill {i}: {visible}");
            }

            Assert.Equal(before, await HashAsync(proven));
            Assert.Equal(locks, await lab.Instance.Application.GetLocksAsync(default));
        }

        foreach (AsterisellBackup visible in await Catalog(lab))
        {
            Assert.True((await BackupInstance.TestAsync(visible)).Passed, $"in the end: {visible}");
        }

        WebStatus web = await lab.Instance.Status.ReadWebAsync(default);
        Assert.True(web.Admin.Answers && web.Customer.Answers);

        AsterisellBackup last = await lab.BackUpAsync();

        Assert.True((await BackupInstance.TestAsync(last)).Passed);
        Assert.True((await BackupInstance.TestAsync(proven)).Passed);
        Assert.DoesNotContain(BackupInstance.Entries(lab.Folder), name => name.StartsWith(".partial-", StringComparison.Ordinal));
        Assert.Equal(temporary, await TemporaryFilesAsync(lab));
        int visibleNow = (await Catalog(lab)).Count;
        output.WriteLine(
            $"{kills} kills after {whole.TotalSeconds * 0.15:F1} to {whole.TotalSeconds * 1.05:F1} s: {unfinished.Count} left a hidden unfinished snapshot, "
            + $"{visibleNow - 3} had ended before; {visibleNow} visible snapshots, all whole; container clean after at most {longest.TotalSeconds:F1} s");
    }

    /// <summary>How long a process takes that nobody kills.</summary>
    private static async Task<TimeSpan> UndisturbedAsync(BackupInstance lab)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Start(lab);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until no program and no transaction of the killed backup is left in the container.</summary>
    private static async Task<TimeSpan> CleanAsync(BackupInstance lab, int kill)
    {
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            string[] programs = await lab.ProgramsAsync();
            string transactions = Assert.Single(await lab.SqlAsync("SELECT COUNT(*) FROM information_schema.INNODB_TRX"));
            TimeSpan waited = Stopwatch.GetElapsedTime(since);
            if (programs.Length == 0 && transactions == "0")
            {
                return waited;
            }

            Assert.True(waited < CleanWithin, $"kill {kill}: after {waited.TotalSeconds:F0} s {transactions} transactions, programs: {string.Join("; ", programs)}");
            await Task.Delay(100);
        }
    }

    /// <summary>Every byte, name and mode of a snapshot.</summary>
    private static async Task<string> HashAsync(AsterisellBackup backup)
    {
        ProcessStartInfo start = new("sh", ["-c", "cd -- \"$1\" && find . -type f -exec sha256sum -- {} + -o -printf '%p %m\\n' | sort | sha256sum", "sh", backup.Path])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string hash = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return hash;
    }

    private static Task<string> TemporaryFilesAsync(BackupInstance lab) =>
        lab.ExecAsync("bash", "-c", "find /tmp /var/tmp /run/lock -mindepth 1 -not -name '*-supervisor-*' | sort");

    internal static Process Start(BackupInstance lab)
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
