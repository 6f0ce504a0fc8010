using System.Collections.Concurrent;
using System.Diagnostics;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// Several dumps and questions that see the database at one moment: their transactions begin while BACKUP STAGE BLOCK_COMMIT lets nobody commit.
/// All of them wait at the start line before that, so that it is held for some milliseconds; it is never waited for longer than a second,
/// and goes with its connection whatever happens here.
/// </summary>
internal sealed class Moment : IAsyncDisposable
{
    /// <summary>Longer than this is not held: the billing would feel it.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(3);

    private readonly List<SnapshotTransaction> _transactions = [];

    private Moment(IReadOnlyList<RowDump> dumps) => Dumps = dumps;

    /// <summary>Dumps that have begun.</summary>
    public IReadOnlyList<RowDump> Dumps { get; }

    /// <summary>For how long nobody could commit.</summary>
    public TimeSpan Held { get; private set; }

    /// <summary>Begins everything.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="clients">Starts the programs.</param>
    /// <param name="user">As whom.</param>
    /// <param name="dumps">Dumps, which are the moment's from now on.</param>
    /// <param name="sessions">Connections for questions.</param>
    /// <param name="refused">Told why there is no moment.</param>
    /// <param name="cancellation">Ends everything.</param>
    /// <returns>Null where the server does not allow it, or was too busy.</returns>
    public static async Task<Moment?> BeginAsync(
        IInstance instance, IDatabaseClients clients, IReadOnlyList<string> user, IReadOnlyList<RowDump> dumps, int sessions, Action<string> refused,
        CancellationToken cancellation)
    {
        Moment moment = new(dumps);
        try
        {
            Task[] preparing =
            [
                .. dumps.Select(dump => dump.PrepareAsync(clients, user)),
                .. Enumerable.Range(0, sessions).Select(_ => moment.PrepareTransactionAsync(instance, clients, user, cancellation)),
            ];
            await Task.WhenAll(preparing).ConfigureAwait(false);
            if (await moment.HoldAsync(instance, clients, user, cancellation).ConfigureAwait(false) is not { } why)
            {
                return moment;
            }

            refused(why);
        }
        catch
        {
            await moment.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await moment.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Asks questions about the moment, as many at once as there are connections.</summary>
    public async Task AskAsync(IEnumerable<Func<SnapshotTransaction, Task>> questions)
    {
        ConcurrentQueue<Func<SnapshotTransaction, Task>> left = new(questions);
        await Task.WhenAll(_transactions.Select(AskInTurnAsync)).ConfigureAwait(false);

        async Task AskInTurnAsync(SnapshotTransaction transaction)
        {
            while (left.TryDequeue(out Func<SnapshotTransaction, Task>? question))
            {
                await question(transaction).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RowDump dump in Dumps)
        {
            await dump.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_transactions.Select(transaction => transaction.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private async Task PrepareTransactionAsync(IInstance instance, IDatabaseClients clients, IReadOnlyList<string> user, CancellationToken cancellation)
    {
        ClientSession session = await ClientSession.StartAsync(instance, clients, user, cancellation).ConfigureAwait(false);
        try
        {
            SnapshotTransaction transaction = await SnapshotTransaction
                .PrepareAsync(session, cancellation).ConfigureAwait(false);
            lock (_transactions)
            {
                _transactions.Add(transaction);
            }
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Holds commits while everything begins.</summary>
    /// <returns>Why it could not; null when everything has begun.</returns>
    private async Task<string?> HoldAsync(IInstance instance, IDatabaseClients clients, IReadOnlyList<string> user, CancellationToken cancellation)
    {
        ClientSession stage = await ClientSession.StartAsync(instance, clients, user, cancellation).ConfigureAwait(false);
        await using (stage.ConfigureAwait(false))
        {
            try
            {
                await stage.AskAsync("SET SESSION lock_wait_timeout = 1", cancellation).ConfigureAwait(false);
                await stage.AskAsync("BACKUP STAGE START", cancellation).ConfigureAwait(false);
                await stage.AskAsync("BACKUP STAGE BLOCK_COMMIT", cancellation).ConfigureAwait(false);
            }
            catch (DatabaseException refused)
            {
                return refused.Message.TrimEnd('.');
            }

            long began = Stopwatch.GetTimestamp();
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(LongestHold);
            try
            {
                await Task.WhenAll([.. Dumps.Select(dump => dump.BeginAsync(limit.Token)), .. _transactions.Select(one => one.BeginAsync(limit.Token))])
                    .ConfigureAwait(false);
                await stage.AskAsync("BACKUP STAGE END", limit.Token).ConfigureAwait(false);
                Held = Stopwatch.GetElapsedTime(began);
                return null;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return "the container was too busy to begin all dumps at once";
            }
        }
    }
}
