using System.Collections.Concurrent;
using System.Diagnostics;
using Asterisell.PowerShell.Pipeline;

namespace Asterisell.Tests.Unit.Pipeline;

public sealed class PipelineThreadTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    [Fact]
    public void Awaits_come_back_on_the_thread_that_runs()
    {
        using var thread = new PipelineThread();
        var seen = new ConcurrentBag<int>();
        thread.Run(
            async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
                {
                    await Task.Delay(i % 5);
                    seen.Add(Environment.CurrentManagedThreadId);
                    await Task.Run(() => { });
                    seen.Add(Environment.CurrentManagedThreadId);
                }));
            },
            Grace,
            CancellationToken.None);

        Assert.Equal(40, seen.Count);
        Assert.Equal([Environment.CurrentManagedThreadId], seen.Distinct());
    }

    [Fact]
    public void The_outer_context_is_put_back()
    {
        var outer = new SynchronizationContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            using var thread = new PipelineThread();
            thread.Run(async () => await Task.Yield(), Grace, CancellationToken.None);
            Assert.Same(outer, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public void A_failure_comes_out_as_it_is()
    {
        using var thread = new PipelineThread();
        var failure = Assert.Throws<InvalidDataException>(() => thread.Run(
            async () =>
            {
                await Task.Delay(1);
                throw new InvalidDataException("why");
            },
            Grace,
            CancellationToken.None));
        Assert.Equal("why", failure.Message);
    }

    [Fact]
    public void Other_threads_write_on_the_pipeline_thread_and_wait_for_it()
    {
        using var thread = new PipelineThread();
        var written = new List<(int Value, int Thread)>();
        thread.Run(
            () => Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            {
                thread.Invoke(() => written.Add((i, Environment.CurrentManagedThreadId)));
                Assert.Contains(written.ToArray(), line => line.Value == i);
            }))),
            Grace,
            CancellationToken.None);
        Assert.Equal(50, written.Count);
        Assert.All(written, line => Assert.Equal(Environment.CurrentManagedThreadId, line.Thread));
    }

    [Fact]
    public void A_failure_of_a_write_goes_to_the_writer()
    {
        using var thread = new PipelineThread();
        thread.Run(
            () => Task.Run(() => Assert.Throws<FormatException>(() => thread.Invoke(() => throw new FormatException()))),
            Grace,
            CancellationToken.None);
    }

    [Fact]
    public void What_obeys_the_stop_ends_at_once_and_cleans_up()
    {
        using var thread = new PipelineThread();
        using var stop = new CancellationTokenSource();
        bool cleaned = false;
        var watch = Stopwatch.StartNew();
        stop.CancelAfter(50);
        Assert.ThrowsAny<OperationCanceledException>(() => thread.Run(
            async () =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
                finally
                {
                    await Task.Delay(20, CancellationToken.None);
                    cleaned = true;
                }
            },
            TimeSpan.FromSeconds(30),
            stop.Token));
        Assert.True(cleaned);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task What_ignores_the_stop_is_left_after_the_grace_and_still_cleans_up()
    {
        using var thread = new PipelineThread();
        using var stop = new CancellationTokenSource();
        var deaf = new TaskCompletionSource();
        var cleaned = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        int pipeline = 0;
        var watch = Stopwatch.StartNew();
        stop.CancelAfter(20);
        Assert.Throws<OperationCanceledException>(() => thread.Run(
            async () =>
            {
                pipeline = Environment.CurrentManagedThreadId;
                await deaf.Task;
                cleaned.SetResult(Environment.CurrentManagedThreadId);
            },
            Grace,
            stop.Token));
        Assert.InRange(watch.Elapsed, Grace, TimeSpan.FromSeconds(10));
        Assert.False(cleaned.Task.IsCompleted);

        deaf.SetResult();
        await cleaned.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Writing_when_the_cmdlet_is_over_is_a_cancellation()
    {
        var thread = new PipelineThread();
        thread.Run(() => Task.CompletedTask, Grace, CancellationToken.None);
        thread.Dispose();
        Assert.Throws<OperationCanceledException>(() => thread.Invoke(() => { }));
    }

    [Fact]
    public void Two_cmdlets_of_a_pipeline_pump_on_one_thread_one_inside_the_other()
    {
        using var upstream = new PipelineThread();
        using var downstream = new PipelineThread();
        var order = new List<string>();
        upstream.Run(
            async () =>
            {
                await Task.Delay(1);
                downstream.Run(
                    async () =>
                    {
                        await Task.Delay(5);
                        order.Add("downstream");
                    },
                    Grace,
                    CancellationToken.None);
                await Task.Delay(1);
                order.Add("upstream");
                Assert.True(upstream.IsCurrent);
            },
            Grace,
            CancellationToken.None);
        Assert.Equal(["downstream", "upstream"], order);
    }

    [Fact]
    public void Bodies_started_from_elsewhere_run_on_the_pipeline_thread()
    {
        using var thread = new PipelineThread();
        int ran = 0;
        thread.Run(
            () => Task.Run(() => thread.InvokeAsync(async () =>
            {
                await Task.Delay(1);
                ran = Environment.CurrentManagedThreadId;
            })),
            Grace,
            CancellationToken.None);
        Assert.Equal(Environment.CurrentManagedThreadId, ran);
    }
}
