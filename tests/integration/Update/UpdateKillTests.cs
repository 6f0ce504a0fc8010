using System.Diagnostics;

namespace Asterisell.Tests.Integration.Update;

/// <summary>An update whose process is killed, or whose container is, goes on or is undone; nothing in between is left.</summary>
public class UpdateKillTests
{
    /// <summary>Phases at whose begin the process is killed; every one in the full campaign.</summary>
    private static readonly UpdatePhase[] Few = [UpdatePhase.Sync, UpdatePhase.UpgradeJobs];

    private static readonly UpdatePhase[] All =
    [
        UpdatePhase.Build, UpdatePhase.Stage, UpdatePhase.Drain, UpdatePhase.Checkpoint, UpdatePhase.Lock, UpdatePhase.Sync, UpdatePhase.Configuration,
        UpdatePhase.Activate, UpdatePhase.UserInstance, UpdatePhase.UpgradeJobs, UpdatePhase.Reload, UpdatePhase.Health, UpdatePhase.Unlock,
    ];

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task IsUndoneAndThenGoesOnAfterKills()
    {
        bool full = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full";
        Random random = new(20261123);
        await using UpdateLab lab = await UpdateLab.StartAsync();
        await lab.Lab.ExecAsync("bash", "-c", $"echo mine > {lab.Admin}/operator.txt");
        string before = await lab.StateAsync();
        string calls = await lab.CallsAsync();
        foreach (UpdatePhase phase in full ? All : Few)
        {
            await KillAsync(lab, phase, TimeSpan.FromMilliseconds(full ? random.Next(0, 1500) : 0));
            if (phase == UpdatePhase.UpgradeJobs)
            {
                await lab.Lab.DockerAsync("kill", lab.Lab.Name);
            }

            UpdateResult undone = await lab.RollBackAsync();

            Assert.True(undone.Status is OperationStatus.Succeeded or OperationStatus.Unchanged, undone.Message);
            Assert.Equal(before, await lab.StateAsync());
            await lab.AssertNothingLeftAsync();
        }

        foreach (UpdatePhase phase in full ? All[2..] : [UpdatePhase.Configuration])
        {
            await KillAsync(lab, phase, TimeSpan.FromMilliseconds(full ? random.Next(0, 1500) : 0));

            UpdateResult resumed = await lab.ResumeAsync();

            Assert.Equal(OperationStatus.Succeeded, resumed.Status);
            Assert.Equal("Asterisell-5.9", await lab.Lab.ReadAsync("VERSION"));
            Assert.Equal(calls, await lab.CallsAsync());
            Assert.Equal("cron False web False", await lab.LocksAsync());
            Assert.Equal("mine", (await lab.Lab.ReadAsync("operator.txt")).Trim());
            await lab.AssertNothingLeftAsync();
            if (full)
            {
                await lab.Lab.DockerAsync("rm", "-f", "-v", lab.Lab.Name);
                await lab.StartAgainAsync();
                await lab.Lab.ExecAsync("bash", "-c", $"echo mine > {lab.Admin}/operator.txt");
            }
        }
    }

    /// <summary>Kills an update when it has come to a phase, or a moment later.</summary>
    private static async Task KillAsync(UpdateLab lab, UpdatePhase phase, TimeSpan later)
    {
        AsterisellHost host = lab.Lab.Instance.Definition.Host;
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Program).Assembly.Location, "update", host.Name, host.Endpoint.ToString(), lab.Lab.Name, lab.Checkout, lab.Lab.Destination])
        {
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != phase.ToString())
        {
        }

        await Task.Delay(later);
        process.Kill();
        await process.WaitForExitAsync();
    }
}
