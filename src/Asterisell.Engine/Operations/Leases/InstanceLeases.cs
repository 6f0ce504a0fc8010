using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Operations.Leases;

/// <summary>
/// Leases on instances: who changes one holds its lease, so that two operators, on whatever machines, never change it at the same time.
/// </summary>
/// <remarks>
/// They lie on the Docker engine of the instance, which every operator of it shares and which is there before the instance is and after it has
/// gone. An operation within another one on the same instance uses the lease of the outer one.
/// </remarks>
public sealed class InstanceLeases
{
    private static readonly AsyncLocal<HeldLease?> Innermost = new();

    private readonly IDockerConnector _connector;
    private readonly LeaseHolder _holder;
    private readonly LeaseTiming _timing;

    /// <summary>Leases of this process.</summary>
    /// <param name="connector">Gives engines.</param>
    public InstanceLeases(IDockerConnector connector)
        : this(connector, LeaseHolder.Current, new LeaseTiming())
    {
    }

    internal InstanceLeases(IDockerConnector connector, LeaseHolder holder, LeaseTiming timing)
    {
        _connector = connector;
        _holder = holder;
        _timing = timing;
    }

    /// <summary>Does something while holding the lease of an instance, which need not exist.</summary>
    /// <param name="host">Docker host.</param>
    /// <param name="instance">Name of the instance.</param>
    /// <param name="options">What for, and whether to wait.</param>
    /// <param name="body">What to do; its token is also cancelled when the lease is lost.</param>
    /// <param name="cancellation">Ends it; the lease goes all the same.</param>
    /// <exception cref="AsterisellException"><c>LeaseHeld</c>: somebody else has it. <c>LeaseLost</c>: it was taken away meanwhile.</exception>
    public async Task RunAsync(
        AsterisellHost host, string instance, LeaseOptions options, Func<CancellationToken, Task> body, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(body);
        IDockerEngine engine = await _connector.ConnectAsync(host, cancellation).ConfigureAwait(false);
        if (Holds(engine, instance))
        {
            await body(cancellation).ConfigureAwait(false);
            return;
        }

        HeldLease lease = await TakeAsync(engine, instance, options, cancellation).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            Innermost.Value = lease;
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
            try
            {
                await body(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw LeaseErrors.LeaseLost($"{host.Name}/{instance}", await FindAsync(host, instance, cancellation).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Who holds the lease of an instance; null for nobody.</summary>
    public async Task<AsterisellLease?> FindAsync(AsterisellHost host, string instance, CancellationToken cancellation)
    {
        LeaseBoard board = await BoardAsync(host, cancellation).ConfigureAwait(false);
        return (await board.DescribeAsync(instance, _holder, cancellation).ConfigureAwait(false))?.Lease;
    }

    /// <summary>Takes a lease away, whoever holds it. Who does notices within 15 seconds and stops.</summary>
    /// <param name="host">Docker host.</param>
    /// <param name="lease">The lease that is meant; another one that has taken its place meanwhile stays.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task RemoveAsync(AsterisellHost host, AsterisellLease lease, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lease);
        LeaseBoard board = await BoardAsync(host, cancellation).ConfigureAwait(false);
        await board.RemoveAsync(new LeaseTag(lease.Name, lease.Id, _holder, ""), cancellation).ConfigureAwait(false);
    }

    private static bool Holds(IDockerEngine engine, string instance)
    {
        for (HeldLease? lease = Innermost.Value; lease is not null; lease = lease.Outer)
        {
            if (ReferenceEquals(lease.Engine, engine) && string.Equals(lease.Instance, instance, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<LeaseBoard> BoardAsync(AsterisellHost host, CancellationToken cancellation) =>
        new(await _connector.ConnectAsync(host, cancellation).ConfigureAwait(false), _timing);

    private async Task<HeldLease> TakeAsync(IDockerEngine engine, string instance, LeaseOptions options, CancellationToken cancellation)
    {
        LeaseBoard board = new(engine, _timing);
        LeaseTag mine = LeaseTag.New(instance, _holder, options.Reason);
        try
        {
            await WaitAsync(board, mine, options, cancellation).ConfigureAwait(false);
        }
        catch (Exception unanswered) when (unanswered is OperationCanceledException or AsterisellException { Kind: ErrorKind.Timeout })
        {
            // It may have been made all the same.
            await HeldLease.ReleaseAsync(board, mine).ConfigureAwait(false);
            throw;
        }

        return new HeldLease(engine, board, mine, _timing, Innermost.Value);
    }

    private async Task WaitAsync(LeaseBoard board, LeaseTag mine, LeaseOptions options, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        AsterisellLease? left = null;
        while ((await board.HoldAsync(mine, cancellation).ConfigureAwait(false)).Id != mine.Id)
        {
            LeaseNote? other = await board.DescribeAsync(mine.Instance, _holder, cancellation).ConfigureAwait(false);
            if (other is null)
            {
                continue;
            }

            if (other.Lease.State == LeaseState.Abandoned && await board.ClearAsync(other.Tag, _holder, cancellation).ConfigureAwait(false))
            {
                left = other.Lease;
                continue;
            }

            TimeSpan waited = TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
            TimeSpan patience = other.Tag.Holder == _holder && options.Wait < _timing.OwnWait ? _timing.OwnWait : options.Wait;
            if (other.Lease.State == LeaseState.Active && waited >= patience)
            {
                throw LeaseErrors.LeaseHeld(other.Lease, waited);
            }

            options.Progress?.Report($"waiting for {other.Lease}");
            await Task.Delay(_timing.PollInterval, cancellation).ConfigureAwait(false);
        }

        if (left is not null && options.OnTakenOver is not null)
        {
            await options.OnTakenOver(left).ConfigureAwait(false);
        }
    }
}
