using System.Diagnostics;
using Asterisell.Tests.Integration.Docker;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>A backup through ssh whose connection breaks.</summary>
[Collection(RunsAlone.Name)]
public class BackupOverSshTests
{
    [Fact]
    public async Task NamesALinkThatBreaksInTheMiddleAndLeavesNothingRunning()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("milan", "--cdrs", "60000", "--months", "6");
        AsterisellBackup earlier = await lab.BackUpAsync();
        Task<AsterisellException> failing = lab.FailToBackUpAsync();
        await BackupFailureTests.DumpIsUnderWayAsync(lab, failing, but: earlier.Path);
        long broken = Stopwatch.GetTimestamp();

        SharedConnections.Kill();

        AsterisellException failure = await failing;
        Assert.InRange(Stopwatch.GetElapsedTime(broken).TotalSeconds, 0, 10);
        Assert.Contains(failure.ErrorId, new[] { "SshConnectionLost", "ConnectionLost" });
        Assert.Empty(await lab.ProgramsAsync());
        Assert.True((await BackupInstance.TestAsync(earlier)).Passed);
        Assert.True((await BackupInstance.TestAsync(await lab.BackUpAsync())).Passed);
    }
}
