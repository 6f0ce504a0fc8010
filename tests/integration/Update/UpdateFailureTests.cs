using Asterisell.Engine.Deployment.Update;

namespace Asterisell.Tests.Integration.Update;

/// <summary>Whatever goes wrong in an update is called by its name, although the application says success, and everything is as before.</summary>
public class UpdateFailureTests
{
    /// <summary>One lie after the other: each is found, and undone, the database included. The first of them always, all in the full campaign.</summary>
    [Fact]
    [Trait("Category", "Campaign")]
    public async Task FindsEachLyingSuccessAndPutsEverythingBack()
    {
        await using UpdateLab lab = await UpdateLab.StartAsync();
        await lab.Lab.ExecAsync("bash", "-c", $"echo mine > {lab.Admin}/operator.txt");
        string before = await lab.StateAsync();
        (string? Fault, string[] Jobs, string Error, UpdatePhase Phase)[] lies =
        [
            (null, ["FailUpgradeJob"], "UpgradeJobFailed", UpdatePhase.UpgradeJobs),
            ("stack-broken", [], "RateEngineUnusable", UpdatePhase.Build),
            (null, ["HalfUpgradeJob"], "UpgradeJobFailed", UpdatePhase.UpgradeJobs),
            (null, ["NoSuchJob"], "UpgradeCommandFailed", UpdatePhase.UpgradeJobs),
            ("activate-incomplete", [], "ActivationIncomplete", UpdatePhase.Activate),
            ("stack-fails", [], "RateEngineBuildFailed", UpdatePhase.Build),
            ("job-throws", [], "JobPassFailed", UpdatePhase.Health),
            ("dump-fails", [], "BackupDumpFailed", UpdatePhase.Checkpoint),
        ];
        bool full = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full";
        foreach ((string? fault, string[] jobs, string error, UpdatePhase phase) in full ? lies : lies[..2])
        {
            if (fault is not null)
            {
                await lab.Lab.FaultAsync(fault);
            }

            var trace = new UpdateTrace(lab.Lab.Instance.Definition);
            AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.UpdateAsync(
                trace: trace, change: settings => settings with { Jobs = settings.Jobs with { Upgrade = [.. UpdateLab.NewJobs, .. jobs] } }));

            UpdateResult result = trace.End(OperationStatus.Failed, failure.Reason);
            Assert.Equal((error, phase, true), (failure.ErrorId, result.Phase, result.IsRolledBack));
            if (fault is not null)
            {
                await lab.Lab.FaultAsync(fault, on: false);
            }

            Assert.Equal(before, await lab.StateAsync());
            await lab.AssertNothingLeftAsync();
        }
    }

    [Fact]
    public async Task KeepsThePatientOpenUntilItIsMended()
    {
        await using UpdateLab lab = await UpdateLab.StartAsync();
        await lab.Lab.ExecAsync("bash", "-c", $"printf '2026-06-14 10:00:00,39055,60\\n' > {lab.Admin}/data_files/messages/input/calls.acme__csv__1 && chown root:apache {lab.Admin}/data_files/messages/input/* && chmod 0700 {lab.Admin}/data_files/messages/input/*");
        string before = await lab.StateAsync();
        string calls = await lab.CallsAsync();
        await lab.Lab.FaultAsync("job-throws");

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.UpdateAsync(lab.Options with { NoRollback = true }));

        Assert.Equal("JobPassFailed", failure.ErrorId);
        Assert.Equal("cron True web True", await lab.LocksAsync());
        Assert.Equal("UpdateUnfinished", (await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.UpdateAsync())).ErrorId);

        UpdateResult undone = await lab.RollBackAsync();

        Assert.True(undone.IsRolledBack);
        await lab.Lab.FaultAsync("job-throws", on: false);
        Assert.Equal(before, await lab.StateAsync());
        Assert.Equal(calls, await lab.CallsAsync());
        await lab.AssertNothingLeftAsync();

        await lab.Lab.FaultAsync("job-throws");
        await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.UpdateAsync(lab.Options with { NoRollback = true }));
        await lab.Lab.FaultAsync("job-throws", on: false);

        UpdateResult resumed = await lab.ResumeAsync();

        Assert.Equal((OperationStatus.Succeeded, "Asterisell-5.9"), (resumed.Status, await lab.Lab.ReadAsync("VERSION")));
        Assert.Equal("cron False web False", await lab.LocksAsync());
        Assert.NotEqual(calls, await lab.CallsAsync());
        await lab.AssertNothingLeftAsync();
    }
}
