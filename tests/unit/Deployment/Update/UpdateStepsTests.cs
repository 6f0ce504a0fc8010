using System.Text.Json;
using Asterisell.Engine.Deployment.Update;

namespace Asterisell.Tests.Unit.Deployment.Update;

public class UpdateStepsTests
{
    [Fact]
    public void What_is_said_beforehand_depends_on_the_scope()
    {
        var both = new UpdateOptions { SafetyDestination = "/backups" };

        Assert.Contains(UpdateSteps.Describe(both), step => step.Contains("/backups", StringComparison.Ordinal));
        Assert.DoesNotContain(
            UpdateSteps.Describe(both with { Scope = UpdateScope.Configuration }), step => step.Contains("customers out", StringComparison.Ordinal));
        Assert.Contains(UpdateSteps.Describe(both with { NoRollback = true }), step => step.Contains("leave everything as it is", StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_is_read_as_it_was_written()
    {
        var journal = new UpdateJournal
        {
            Id = "A1", Instance = "milan/billing", Operator = "op@machine", StartedAt = DateTimeOffset.UnixEpoch, Scope = UpdateScope.Application, Source = "/checkout",
            Phase = UpdatePhase.UpgradeJobs, CronLocked = true, LockedAt = DateTimeOffset.UnixEpoch,
            Before = new UpdateBaseline { Calls = new RatedCalls(new DateTime(2026, 1, 1), new DateTime(2026, 2, 1), 1, 2, 3, 4.5m, 5m), Problems = ["k"] },
        };

        UpdateJournal read = JsonSerializer.Deserialize(
            JsonSerializer.SerializeToUtf8Bytes(journal, UpdateJson.Default.UpdateJournal), UpdateJson.Default.UpdateJournal)!;

        Assert.Equal(journal.Before.Calls, read.Before.Calls);
        Assert.Equal((journal.Phase, journal.CronLocked, journal.Scope, journal.Id), (read.Phase, read.CronLocked, read.Scope, read.Id));
    }
}
