using Asterisell.Engine.Deployment.Update;

namespace Asterisell.Tests.Unit.Deployment.Update;

public class RatedCallsTests
{
    private static readonly RatedCalls Before = new(new DateTime(2026, 5, 1), new DateTime(2026, 6, 14), 100, 110, 3, 5000, 4000);

    [Fact]
    public void The_same_calls_are_no_loss()
    {
        Assert.Null(Before.FindLoss(Before with { }, ratesAgain: false));
        Assert.Null(Before.FindLoss(Before with { }, ratesAgain: true));
    }

    [Theory]
    [InlineData(99, 110, 3, 5000, 4000, "calls of the last weeks")]
    [InlineData(100, 109, 3, 5000, 4000, "calls of the last weeks: 110 before, 109 now")]
    [InlineData(100, 110, 4, 5000, 4000, "could not be rated of the last weeks: 3 before, 4 now")]
    [InlineData(100, 110, 3, 4999, 4000, "income")]
    [InlineData(100, 110, 3, 5000, 4001, "cost")]
    [InlineData(101, 111, 3, 5000, 4000, "calls of the last weeks: 110 before, 111 now")]
    public void Whatever_differs_while_no_job_ran_is_named(long rows, long calls, long unrated, decimal income, decimal cost, string said) =>
        Assert.Contains(
            said, Before.FindLoss(new RatedCalls(Before.From, Before.To, rows, calls, unrated, income, cost), ratesAgain: false), StringComparison.Ordinal);

    [Fact]
    public void A_pass_may_bring_calls_and_amounts_and_leave_new_calls_without_a_rate()
    {
        Assert.Null(Before.FindLoss(Before with { Rows = 105, Calls = 115, Unrated = 8, Income = 5100 }, ratesAgain: true));
        Assert.NotNull(Before.FindLoss(Before with { Rows = 105, Calls = 115, Unrated = 9 }, ratesAgain: true));
        Assert.NotNull(Before.FindLoss(Before with { Rows = 99 }, ratesAgain: true));
    }
}
