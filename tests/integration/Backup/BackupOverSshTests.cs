using System.Diagnostics;
using Asterisell.Tests.Integration.Docker;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>A backup through ssh whose connection breaks: a named failure within seconds, nothing visible, nothing left running.</summary>
[Collection(RunsAlone.Name)]
public class BackupOverSshTests
{
    [Fact]
    public async Task NamesAConnectionThatDiesHere()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("milan", Large);
        await BreakAsync(lab, SharedConnections.Kill, within: 10);
    }

    [Fact]
    public async Task NamesAConnectionThatDiesOnTheHost()
    {
        await using OwnSshd sshd = await OwnSshd.StartAsync("");
        await using BackupInstance lab = await BackupInstance.StartBehindAsync(sshd.Host, Large);
        await BreakAsync(lab, sshd.Cut, within: 10);
    }

    private static string[] Large => ["--cdrs", "60000", "--months", "6"];

    private static async Task BreakAsync(BackupInstance lab, Action breaks, double within)
    {
        AsterisellBackup earlier = await lab.BackUpAsync();
        Task<AsterisellException> failing = lab.FailToBackUpAsync();
        await BackupFailureTests.DumpIsUnderWayAsync(lab, failing, but: earlier.Path);
        long broken = Stopwatch.GetTimestamp();

        breaks();

        AsterisellException failure = await failing;
        Assert.InRange(Stopwatch.GetElapsedTime(broken).TotalSeconds, 0, within);
        Assert.Contains(failure.ErrorId, new[] { "SshConnectionLost", "ConnectionLost" });
        Assert.Empty(await lab.ProgramsAsync());
        Assert.True((await BackupInstance.TestAsync(earlier)).Passed);
        Assert.True((await BackupInstance.TestAsync(await lab.BackUpAsync())).Passed);
    }
}
