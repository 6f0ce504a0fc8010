using System.Collections.Concurrent;
using Asterisell.Engine.Operations;

namespace Asterisell.Tests.Unit.Operations;

public sealed class FleetRunnerTests
{
    [Fact]
    public async Task No_more_than_the_limit_run_at_once_and_that_many_do()
    {
        var runner = new FleetRunner(new FleetOptions { ThrottleLimit = 3 });
        int now = 0, most = 0;
        List<FleetOutcome> outcomes = await Collect(runner, Fleet(20), async (_, _, cancellation) =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Delay(20, cancellation);
            Interlocked.Decrement(ref now);
        });
        Assert.Equal(3, most);
        Assert.Equal(20, outcomes.Count(outcome => outcome.Status == OperationStatus.Succeeded));
        Assert.Equal((20, 20, 0), (runner.Progress.Total, runner.Progress.Ended, runner.Progress.Failed));
        Assert.Empty(runner.Progress.Running);
    }

    [Fact]
    public async Task Outcomes_come_as_they_end()
    {
        var gates = new ConcurrentDictionary<string, TaskCompletionSource>();
        IReadOnlyList<AsterisellInstance> fleet = Fleet(3);
        foreach (AsterisellInstance instance in fleet)
        {
            gates[instance.Name] = new TaskCompletionSource();
        }

        var names = new List<string>();
        gates["i2"].SetResult();
        await foreach (FleetOutcome outcome in new FleetRunner(new FleetOptions())
            .RunAsync(fleet, (instance, _, _) => gates[instance.Name].Task, CancellationToken.None))
        {
            names.Add(outcome.Instance.Name);
            gates[outcome.Instance.Name == "i2" ? "i1" : "i3"].TrySetResult();
        }

        Assert.Equal(["i2", "i1", "i3"], names);
    }

    [Fact]
    public async Task A_wave_begins_when_the_one_before_has_ended()
    {
        var options = new FleetOptions { Waves = [new BatchSize(1), new BatchSize("25%"), new BatchSize("100%")] };
        var begun = new List<string>();
        var ended = new List<string>();
        var endedBefore = new Dictionary<string, int>();
        await Collect(new FleetRunner(options), Fleet(8), async (instance, _, cancellation) =>
        {
            lock (begun)
            {
                begun.Add(instance.Name);
                endedBefore[instance.Name] = ended.Count;
            }

            await Task.Delay(10, cancellation);
            lock (begun)
            {
                ended.Add(instance.Name);
            }
        });
        Assert.Equal("i1", begun[0]);
        Assert.Equal(["i2", "i3"], begun.Skip(1).Take(2).Order());
        Assert.All(["i2", "i3"], name => Assert.InRange(endedBefore[name], 1, 2));
        Assert.All(begun.Skip(3), name => Assert.InRange(endedBefore[name], 3, 8));
    }

    [Theory]
    [InlineData(null, 6, 0)]
    [InlineData(0, 1, 5)]
    [InlineData(2, 3, 3)]
    public async Task Beyond_the_failure_limit_nothing_begins(int? maxFailure, int failed, int skipped)
    {
        var runner = new FleetRunner(new FleetOptions { ThrottleLimit = 1, MaxFailure = maxFailure });
        List<FleetOutcome> outcomes = await Collect(runner, Fleet(6), (_, _, _) => throw Broken());
        Assert.Equal(failed, outcomes.Count(outcome => outcome.Status == OperationStatus.Failed));
        Assert.Equal(skipped, outcomes.Count(outcome => outcome.Status == OperationStatus.Skipped));
        Assert.Equal(6, runner.Progress.Ended);
        Assert.All(outcomes, outcome => Assert.NotEqual("", outcome.Message));
    }

    [Fact]
    public async Task What_runs_when_the_limit_is_reached_goes_on_to_its_end()
    {
        var running = new TaskCompletionSource();
        var options = new FleetOptions { ThrottleLimit = 2, MaxFailure = 0 };
        Task<List<FleetOutcome>> all = Collect(new FleetRunner(options), Fleet(5), async (instance, _, _) =>
        {
            if (instance.Name == "i1")
            {
                await running.Task;
            }
            else
            {
                throw Broken();
            }
        });
        await Task.Delay(50);
        Assert.False(all.IsCompleted);
        running.SetResult();
        Dictionary<string, OperationStatus> ends = (await all).ToDictionary(outcome => outcome.Instance.Name, outcome => outcome.Status);
        Assert.Equal(OperationStatus.Succeeded, ends["i1"]);
        Assert.Equal(OperationStatus.Failed, ends["i2"]);
        Assert.Equal(3, ends.Values.Count(status => status == OperationStatus.Skipped));
    }

    [Fact]
    public async Task One_that_takes_too_long_fails_and_the_others_go_on()
    {
        var runner = new FleetRunner(new FleetOptions { Timeout = TimeSpan.FromMilliseconds(100) });
        List<FleetOutcome> outcomes = await Collect(
            runner, Fleet(3), (instance, _, cancellation) => instance.Name == "i2" ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask);
        FleetOutcome slow = Assert.Single(outcomes, outcome => outcome.Status == OperationStatus.Failed);
        var failure = Assert.IsType<AsterisellException>(slow.Failure);
        Assert.Equal(("InstanceTimedOut", ErrorKind.Timeout, "milan/i2"), (failure.ErrorId, failure.Kind, failure.Target));
        Assert.Contains("0.1 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_ignores_the_end_of_its_time_is_left_alone()
    {
        var deaf = new TaskCompletionSource();
        var runner = new FleetRunner(new FleetOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        List<FleetOutcome> outcomes = await Collect(runner, Fleet(1), (_, _, _) => deaf.Task).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("InstanceTimedOut", Assert.IsType<AsterisellException>(outcomes.Single().Failure).ErrorId);
        deaf.SetException(Broken());
    }

    [Fact]
    public async Task Cancellation_waits_for_what_runs_and_begins_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        int begun = 0, cleaned = 0;
        Task<List<FleetOutcome>> all = Collect(
            new FleetRunner(new FleetOptions { ThrottleLimit = 2 }),
            Fleet(6),
            async (_, _, cancellation) =>
            {
                if (Interlocked.Increment(ref begun) == 2)
                {
                    await stop.CancelAsync();
                }

                try
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }
                finally
                {
                    await Task.Delay(20, CancellationToken.None);
                    Interlocked.Increment(ref cleaned);
                }
            },
            stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        Assert.Equal((2, 2), (begun, cleaned));
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_operations()
    {
        int cleaned = 0;
        await foreach (FleetOutcome _ in new FleetRunner(new FleetOptions()).RunAsync(
            Fleet(3),
            async (instance, _, cancellation) =>
            {
                try
                {
                    await (instance.Name == "i1" ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation));
                }
                finally
                {
                    Interlocked.Increment(ref cleaned);
                }
            },
            CancellationToken.None))
        {
            break;
        }

        Assert.Equal(3, cleaned);
    }

    [Fact]
    public async Task Steps_can_be_seen_while_they_happen()
    {
        var runner = new FleetRunner(new FleetOptions());
        var seen = new TaskCompletionSource();
        var reported = new TaskCompletionSource();
        Task<List<FleetOutcome>> all = Collect(runner, Fleet(1), async (_, progress, _) =>
        {
            progress.Report("dumping the database", 40);
            reported.SetResult();
            await seen.Task;
        });
        await reported.Task;
        RunningInstance running = Assert.Single(runner.Progress.Running);
        Assert.Equal(("milan/i1", "dumping the database", 40), (running.Instance.ToString(), running.Step, running.Percent));
        seen.SetResult();
        await all;
    }

    [Fact]
    public async Task Hosts_take_turns_within_a_wave()
    {
        AsterisellInstance[] fleet = [.. Fleet(3, "milan"), .. Fleet(2, "turin")];
        var begun = new List<string>();
        await Collect(new FleetRunner(new FleetOptions { ThrottleLimit = 1 }), fleet, (instance, _, _) =>
        {
            begun.Add(instance.ToString());
            return Task.CompletedTask;
        });
        Assert.Equal(["milan/i1", "turin/i1", "milan/i2", "turin/i2", "milan/i3"], begun);
    }

    private static AsterisellInstance[] Fleet(int count, string host = "milan") =>
        [.. Enumerable.Range(1, count).Select(number => new AsterisellInstance
        {
            Name = $"i{number}",
            Host = new AsterisellHost { Name = host, Endpoint = new Uri("unix:///run/docker.sock") },
        })];

    private static AsterisellException Broken() => new("Broken", ErrorKind.InvalidState, "", "It is broken.");

    private static async Task<List<FleetOutcome>> Collect(
        FleetRunner runner,
        IReadOnlyList<AsterisellInstance> fleet,
        Func<AsterisellInstance, IOperationProgress, CancellationToken, Task> operation,
        CancellationToken cancellation = default)
    {
        var outcomes = new List<FleetOutcome>();
        await foreach (FleetOutcome outcome in runner.RunAsync(fleet, operation, cancellation))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
