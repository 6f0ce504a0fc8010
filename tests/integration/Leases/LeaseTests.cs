using System.Diagnostics;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations.Leases;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Leases;

/// <summary>Leases on a real engine. No instance is needed: they lie beside it.</summary>
public sealed class LeaseTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly LeaseTiming Quick = new()
    {
        SignInterval = TimeSpan.FromMilliseconds(300), AbandonedAfter = TimeSpan.FromSeconds(4),
        ClaimLimit = TimeSpan.FromSeconds(5), PollInterval = TimeSpan.FromMilliseconds(50),
    };

    private static readonly LeaseHolder Jane = new("jane", "laptop", "another machine", 4711, "1");
    private static readonly LeaseHolder Tom = new("tom", "desk", "a third machine", 4711, "1");

    private readonly string _instance = $"lease-{Guid.NewGuid():N}"[..16];
    private readonly DockerConnector _connector = new();
    private TestLab _lab = null!;

    public async Task InitializeAsync() => _lab = await TestLab.GetAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(await PartsAsync());
        await _connector.DisposeAsync();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    [Fact]
    public async Task One_of_many_who_ask_at_the_same_time_gets_it()
    {
        int inside = 0, entered = 0, refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            LeaseHolder holder = Jane with { MachineId = $"machine {number}" };
            try
            {
                await RunAsync(holder, async _ =>
                {
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    Interlocked.Increment(ref entered);
                    await Task.Delay(20, CancellationToken.None);
                    Interlocked.Decrement(ref inside);
                });
            }
            catch (AsterisellException held)
            {
                Assert.Equal("LeaseHeld", held.ErrorId);
                Interlocked.Increment(ref refused);
            }
        }));
        Assert.Equal(40, entered + refused);
        Assert.True(entered > 0);
    }

    [Fact]
    public async Task Everybody_has_a_turn_who_waits_and_never_two_at_once()
    {
        int inside = 0, done = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => RunAsync(
            Jane with { MachineId = $"machine {number}" },
            async _ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await Task.Delay(30, CancellationToken.None);
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref done);
            },
            wait: TimeSpan.FromMinutes(1))));
        Assert.Equal(8, done);
    }

    [Fact]
    public async Task Who_is_refused_reads_who_what_and_since_when()
    {
        await RunAsync(Jane, async _ =>
        {
            AsterisellException held = await Assert.ThrowsAsync<AsterisellException>(() => RunAsync(Tom, _ => Task.CompletedTask, connector: new DockerConnector()));
            Assert.Equal(("LeaseHeld", ErrorKind.Conflict, $"local/{_instance}"), (held.ErrorId, held.Kind, held.Target));
            Assert.Matches(@"^Update by jane on laptop \(process 4711\) is changing it since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; last sign of life \d s ago\.$", held.Reason);
            Assert.Contains("-LeaseTimeoutSec", held.Remedy);
            AsterisellLease lease = (await Leases(Tom).FindAsync(_lab.Local, _instance, default))!;
            Assert.Equal((_instance, "local", "jane", "laptop", 4711, "Update", LeaseState.Active), (lease.Name, lease.HostName, lease.Owner, lease.Machine, lease.ProcessId, lease.Reason, lease.State));
            Assert.InRange(lease.Since, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(5));
        });
        Assert.Null(await Leases(Tom).FindAsync(_lab.Local, _instance, default));
    }

    [Fact]
    public async Task It_goes_with_success_failure_and_cancellation()
    {
        await RunAsync(Jane, _ => Task.CompletedTask);
        Assert.Empty(await PartsAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(Jane, _ => throw new InvalidDataException()));
        Assert.Empty(await PartsAsync());
        using CancellationTokenSource stop = new(200);
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Jane, token => Task.Delay(-1, token), cancellation: stop.Token));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        Assert.Empty(await PartsAsync());
    }

    [Fact]
    public async Task An_operation_within_an_operation_uses_its_lease()
    {
        bool done = false;
        await RunAsync(Jane, token => RunAsync(
            Jane,
            async _ =>
            {
                await Task.Yield();
                done = (await PartsAsync()).Count == 1;
            },
            cancellation: token));
        Assert.True(done);
    }

    [Fact]
    public async Task Signs_of_life_keep_it_for_longer_than_silence_would()
    {
        await RunAsync(Jane, async _ =>
        {
            await Task.Delay(Quick.AbandonedAfter + TimeSpan.FromSeconds(2), CancellationToken.None);
            Assert.Equal(LeaseState.Active, (await Leases(Tom).FindAsync(_lab.Local, _instance, default))!.State);
            Assert.InRange((await PartsAsync()).Count, 2, 3);
        });
    }

    [Fact]
    public async Task One_that_was_left_is_taken_over_by_one_of_many()
    {
        LeaseBoard board = new(await _connector.ConnectAsync(_lab.Local, default), Quick);
        LeaseTag left = LeaseTag.New(_instance, Jane, "Update");
        await board.HoldAsync(left, default);
        AsterisellException early = await Assert.ThrowsAsync<AsterisellException>(() => RunAsync(Tom, _ => Task.CompletedTask));
        Assert.Equal("LeaseHeld", early.ErrorId);
        await Task.Delay(Quick.AbandonedAfter + TimeSpan.FromSeconds(1.5));

        int inside = 0, entered = 0;
        List<AsterisellLease> taken = [];
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => RunAsync(
            Tom with { MachineId = $"machine {number}" },
            async _ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await Task.Delay(10, CancellationToken.None);
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref entered);
            },
            wait: TimeSpan.FromMinutes(1),
            onTakenOver: lease =>
            {
                lock (taken)
                {
                    taken.Add(lease);
                }

                return Task.CompletedTask;
            })));
        Assert.Equal(20, entered);
        Assert.Equal(left.Id, Assert.Single(taken).Id);
    }

    [Fact]
    public async Task Who_died_while_taking_over_is_taken_over_from()
    {
        IDockerEngine engine = await _connector.ConnectAsync(_lab.Local, default);
        LeaseTag left = LeaseTag.New(_instance, Jane, "Update");
        await new LeaseBoard(engine, Quick).HoldAsync(left, default);
        await engine.Volumes.CreateAsync($"asterisell-lease.{_instance}.{left.Id}.claim-1", (left with { Reason = "somebody's right" }).ToLabels(LeasePart.Claim), default);
        await Task.Delay(Quick.AbandonedAfter + TimeSpan.FromSeconds(1.5));
        bool done = false;
        await RunAsync(Tom, _ => Task.FromResult(done = true), wait: TimeSpan.FromSeconds(20));
        Assert.True(done);
    }

    [Fact]
    public async Task A_process_that_is_gone_leaves_nothing_to_wait_for()
    {
        using Process killed = Process.Start("sleep", "100");
        LeaseHolder dead = LeaseHolder.Of(killed.Id);
        LeaseBoard board = new(await _connector.ConnectAsync(_lab.Local, default), new LeaseTiming());
        await board.HoldAsync(LeaseTag.New(_instance, dead, "Backup"), default);
        InstanceLeases leases = new(_connector);
        Assert.Equal(LeaseState.Active, (await leases.FindAsync(_lab.Local, _instance, default))!.State);
        killed.Kill();
        await killed.WaitForExitAsync();
        Assert.Equal(LeaseState.Abandoned, (await leases.FindAsync(_lab.Local, _instance, default))!.State);
        bool done = false;
        await leases.RunAsync(_lab.Local, _instance, new LeaseOptions("Update"), _ => Task.FromResult(done = true), default);
        Assert.True(done);
    }

    [Fact]
    public async Task Who_loses_it_is_stopped_and_does_not_take_the_next_ones()
    {
        TaskCompletionSource<AsterisellLease> begun = new();
        Task first = RunAsync(Jane, async token =>
        {
            begun.SetResult((await Leases(Jane).FindAsync(_lab.Local, _instance, default))!);
            await Task.Delay(-1, token);
        });
        await Leases(Tom).RemoveAsync(_lab.Local, await begun.Task, default);
        await RunAsync(Tom, async _ =>
        {
            AsterisellException lost = await Assert.ThrowsAsync<AsterisellException>(() => first);
            Assert.Equal("LeaseLost", lost.ErrorId);
            Assert.Contains("to Update by tom on desk", lost.Reason);
            Assert.Equal("tom", (await Leases(Jane).FindAsync(_lab.Local, _instance, default))!.Owner);
        });
    }

    [Fact]
    public async Task Removing_one_that_has_been_followed_by_another_removes_nothing()
    {
        AsterisellLease? old = null;
        await RunAsync(Jane, async _ => old = await Leases(Jane).FindAsync(_lab.Local, _instance, default));
        await RunAsync(Tom, async _ =>
        {
            await Leases(Jane).RemoveAsync(_lab.Local, old!, default);
            Assert.Equal("tom", (await Leases(Jane).FindAsync(_lab.Local, _instance, default))!.Owner);
        });
    }

    [Fact]
    public async Task It_costs_a_few_milliseconds_and_is_seen_through_ssh()
    {
        await RunAsync(Jane, _ => Task.CompletedTask);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 10; i++)
        {
            await RunAsync(Jane, _ => Task.CompletedTask);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(start)}");

        // The same engine by its socket and through sshd: two machines with one instance.
        AsterisellHost direct = new() { Name = "other-name", Endpoint = new Uri(_lab.Environment.GetProperty("engines")[1].GetProperty("socket").GetString() is { } socket ? "unix://" + socket : "") };
        await Leases(Jane).RunAsync(_lab.Milan, _instance, new LeaseOptions("Update"), async _ =>
        {
            AsterisellException held = await Assert.ThrowsAsync<AsterisellException>(
                () => Leases(Tom).RunAsync(direct, _instance, new LeaseOptions("Update"), _ => Task.CompletedTask, default));
            Assert.Contains("jane", held.Reason);
        }, default);
    }

    private InstanceLeases Leases(LeaseHolder holder, IDockerConnector? connector = null) => new(connector ?? _connector, holder, Quick);

    private Task RunAsync(
        LeaseHolder holder, Func<CancellationToken, Task> body, TimeSpan wait = default, Func<AsterisellLease, Task>? onTakenOver = null,
        IDockerConnector? connector = null, CancellationToken cancellation = default) =>
        Leases(holder, connector).RunAsync(_lab.Local, _instance, new LeaseOptions("Update") { Wait = wait, OnTakenOver = onTakenOver }, body, cancellation);

    private async Task<IReadOnlyList<VolumeDetail>> PartsAsync() =>
        await (await _connector.ConnectAsync(_lab.Local, default)).Volumes.ListAsync([$"{LeaseTag.InstanceLabel}={_instance}"], default);
}
