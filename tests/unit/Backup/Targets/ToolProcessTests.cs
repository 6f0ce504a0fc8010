using System.ComponentModel;
using System.Runtime.Versioning;
using Asterisell.Engine.Backup.Targets;

namespace Asterisell.Tests.Unit.Backup.Targets;

[SupportedOSPlatform("linux")]
public class ToolProcessTests
{
    /// <summary>A tool that finds our terminal can take it away, and PowerShell ends in the middle of a backup.</summary>
    [Fact]
    public async Task GivesAToolNoTerminalOfOurs()
    {
        List<string> lines = [];

        (int exitCode, _) = await ToolProcess.RunAsync(["cat", "/proc/self/stat"], null, null, lines.Add, default);

        Assert.Equal(0, exitCode);
        string[] tool = Assert.Single(lines).Split(' ');
        Assert.Equal(tool[0], SessionOf(tool));
        Assert.NotEqual(SessionOf((await File.ReadAllTextAsync("/proc/self/stat")).Split(") ")[1].Split(' ').Prepend("").Prepend("").ToArray()), SessionOf(tool));
    }

    [Fact]
    public async Task SaysThatThereIsNoSuchTool() =>
        await Assert.ThrowsAsync<Win32Exception>(() => ToolProcess.RunAsync(["no-such-tool"], null, null, null, default));

    [Fact]
    public async Task EndsAToolAndWhatItStarted()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));
        List<string> lines = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ToolProcess.RunAsync(["sh", "-c", "sleep 60 & echo $!; wait"], null, null, lines.Add, stop.Token));

        string state = $"/proc/{Assert.Single(lines)}/stat";
        Assert.True(!File.Exists(state) || (await File.ReadAllTextAsync(state)).Split(") ")[1][0] == 'Z');
    }

    /// <summary>The sixth field: pid, name, state, parent, group, session.</summary>
    private static string SessionOf(string[] stat) => stat[5];
}
