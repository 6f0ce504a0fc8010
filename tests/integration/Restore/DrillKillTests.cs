using System.Diagnostics;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Deployment.Scratch;
using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Backup;
using Asterisell.Tests.Integration.Docker;
using Xunit.Abstractions;

namespace Asterisell.Tests.Integration.Restore;

/// <summary>
/// A drill that is killed leaves nothing behind the next one, also where the engine was still making its container. Volumes without a name are
/// told from those of other tests by nothing: it runs alone.
/// </summary>
[Collection(RunsAlone.Name)]
public class DrillKillTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Campaign")]
    public async Task LeavesNothingBehindTheNextDrill()
    {
        int kills = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 20 : 2;
        Random random = new(20261124);
        await using BackupInstance lab = await BackupInstance.StartAsync(options: ["--cdrs", "100", "--months", "1"]);
        AsterisellBackup backup = await lab.BackUpAsync();
        string[] volumes = await VolumesAsync(lab);
        int left = 0;
        for (int i = 0; i < kills; i++)
        {
            using Process process = Start(lab, backup);
            while (await process.StandardOutput.ReadLineAsync() is { } line && line != "making a throw-away container")
            {
            }

            await Task.Delay(random.Next(0, 1200));
            process.Kill();
            await process.WaitForExitAsync();
            left += (await ScratchesAsync(lab)).Length;
        }

        await using DockerConnector connector = new();
        BackupVerdict verdict = await new RestoreDrill(new ScratchInstances(connector), TimeProvider.System).TestAsync(
            backup, new DrillOptions(lab.Instance.Definition, lab.Instance.Definition.Host, null), null, CancellationToken.None);

        Assert.True(verdict.Passed);
        Assert.Empty(await ScratchesAsync(lab));
        Assert.Empty((await VolumesAsync(lab)).Except(volumes));
        output.WriteLine($"{kills} kills, {left} of the containers stood in the list at once; none after the next drill.");
    }

    private static Process Start(BackupInstance lab, AsterisellBackup backup)
    {
        AsterisellHost host = lab.Instance.Definition.Host;
        return Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Program).Assembly.Location, "drill", host.Name, host.Endpoint.ToString(), lab.Name, backup.Path]) { RedirectStandardOutput = true })!;
    }

    private static Task<string[]> ScratchesAsync(BackupInstance lab) => LinesAsync(lab, "ps", "--all", "--quiet", "--filter", "label=org.asterisell.scratch=drill");

    private static Task<string[]> VolumesAsync(BackupInstance lab) => LinesAsync(lab, "volume", "ls", "--quiet");

    private static async Task<string[]> LinesAsync(BackupInstance lab, params string[] arguments) =>
        (await lab.DockerAsync(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
