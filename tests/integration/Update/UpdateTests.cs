namespace Asterisell.Tests.Integration.Update;

/// <summary>Updates that go well.</summary>
public class UpdateTests
{
    [Fact]
    public async Task BringsTheNextReleaseAndKeepsDataAndOperatorsFiles()
    {
        await using UpdateLab lab = await UpdateLab.StartAsync();
        await lab.Lab.ExecAsync("bash", "-c", $"mkdir -p {lab.Admin}/apps/asterisell/lib/own && echo mine > {lab.Admin}/apps/asterisell/lib/own/Mine.php && echo note > {lab.Admin}/operator.txt && echo logo > {lab.Admin}/web/uploads/assets/own.png");
        string calls = await lab.CallsAsync();

        UpdateResult result = await lab.UpdateAsync();

        Assert.Equal(OperationStatus.Succeeded, result.Status);
        Assert.Equal(("Asterisell-5.8", "Asterisell-5.9"), (result.FromVersion, result.ToVersion));
        Assert.Equal(UpdateLab.NewJobs, result.AppliedUpgradeJobs);
        Assert.NotNull(result.Downtime);
        Assert.Equal("Asterisell-5.9", await lab.Lab.ReadAsync("VERSION"));
        Assert.Equal("mine note logo", (await lab.Lab.ExecAsync("bash", "-c", $"cd {lab.Admin}; echo $(cat apps/asterisell/lib/own/Mine.php operator.txt web/uploads/assets/own.png)")).Trim());
        Assert.Equal(calls, await lab.CallsAsync());
        Assert.Equal("cron False web False", await lab.LocksAsync());
        await lab.AssertNothingLeftAsync();

        UpdateResult again = await lab.UpdateAsync();
        Assert.Equal(OperationStatus.Unchanged, again.Status);
    }
}
