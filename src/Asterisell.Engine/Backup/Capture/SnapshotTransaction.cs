namespace Asterisell.Engine.Backup.Capture;

/// <summary>A connection whose transaction sees the database as it was when it began, however long it asks.</summary>
internal sealed class SnapshotTransaction : IAsyncDisposable
{
    private readonly ClientSession _session;

    private SnapshotTransaction(ClientSession session) => _session = session;

    /// <summary>Readies it, so that its moment is one statement away.</summary>
    /// <param name="session">Is used for nothing else from now on.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public static async Task<SnapshotTransaction> PrepareAsync(ClientSession session, CancellationToken cancellation)
    {
        await session.AskAsync(
            "SET SESSION wait_timeout = 86400, net_read_timeout = 3600, net_write_timeout = 3600, time_zone = '+00:00'", cancellation).ConfigureAwait(false);
        await session.AskAsync("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellation).ConfigureAwait(false);
        return new SnapshotTransaction(session);
    }

    /// <summary>Its moment is now.</summary>
    public Task BeginAsync(CancellationToken cancellation) => _session.AskAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT", cancellation);

    /// <summary>Asks one question about that moment.</summary>
    public async Task<IReadOnlyList<string[]>> AskAsync(string sql, CancellationToken cancellation)
    {
        // Back to the savepoint after each: a transaction that has read a table keeps ALTER TABLE waiting, and everybody behind it.
        await _session.AskAsync("SAVEPOINT asking", cancellation).ConfigureAwait(false);
        IReadOnlyList<string[]> rows = await _session.AskAsync(sql, cancellation).ConfigureAwait(false);
        await _session.AskAsync("ROLLBACK TO SAVEPOINT asking", cancellation).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Ends the session, and with it the transaction.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
