using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Operations.Leases;

/// <summary>A lease that this process holds: gives signs of life, notices when it is lost, goes when it is disposed.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    private readonly LeaseBoard _board;
    private readonly LeaseTag _tag;
    private readonly LeaseTiming _timing;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _signing;
    private long _lastSign = Environment.TickCount64;

    public HeldLease(IDockerEngine engine, LeaseBoard board, LeaseTag tag, LeaseTiming timing, HeldLease? outer)
    {
        Engine = engine;
        Outer = outer;
        _board = board;
        _tag = tag;
        _timing = timing;
        _signing = Task.Run(SignAsync);
    }

    /// <summary>Cancelled when the lease is lost: what it was for must stop.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Where it lies.</summary>
    public IDockerEngine Engine { get; }

    /// <summary>Instance.</summary>
    public string Instance => _tag.Instance;

    /// <summary>The lease within which this one was taken.</summary>
    public HeldLease? Outer { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _signing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_lost.IsCancellationRequested && !IsSilent)
        {
            await ReleaseAsync(_board, _tag).ConfigureAwait(false);
        }

        _over.Dispose();
        _lost.Dispose();
    }

    /// <summary>Takes a lease away that nobody is going to hold. Where the engine can't be reached, it is abandoned a minute later.</summary>
    public static async Task ReleaseAsync(LeaseBoard board, LeaseTag tag)
    {
        using CancellationTokenSource limit = new(ReleaseLimit);
        try
        {
            await board.RemoveAsync(tag, limit.Token).ConfigureAwait(false);
        }
        catch (Exception unreachable) when (unreachable is AsterisellException or OperationCanceledException)
        {
            // Without signs of life others find it abandoned.
        }
    }

    private bool IsSilent => Environment.TickCount64 - Volatile.Read(ref _lastSign) > _timing.LostAfter.TotalMilliseconds;

    private async Task SignAsync()
    {
        using PeriodicTimer timer = new(_timing.SignInterval);
        for (int number = 1; await timer.WaitForNextTickAsync(_over.Token).ConfigureAwait(false);)
        {
            // Where the machine slept through the limit, others may be at work by now.
            if (IsSilent || !await TrySignAsync(number++).ConfigureAwait(false))
            {
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    /// <returns>False when the lease is lost.</returns>
    private async Task<bool> TrySignAsync(int number)
    {
        long begin = Environment.TickCount64;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        limit.CancelAfter(_timing.SignInterval);
        try
        {
            if ((await _board.FindAsync(_tag.Instance, limit.Token).ConfigureAwait(false))?.Id != _tag.Id)
            {
                return false;
            }

            await _board.SignAsync(_tag, number, limit.Token).ConfigureAwait(false);
            Volatile.Write(ref _lastSign, begin);
        }
        catch (Exception unreachable) when (unreachable is AsterisellException or OperationCanceledException)
        {
            // A link that is down may be up again before the limit.
            _over.Token.ThrowIfCancellationRequested();
        }

        return !IsSilent;
    }
}
