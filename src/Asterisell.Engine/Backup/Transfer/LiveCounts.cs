using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Counts the rows of the source at the moment before its dump, while the dump passes.</summary>
internal sealed class LiveCounts : IAsyncDisposable
{
    private readonly RowCounts _counts;
    private readonly CancellationTokenSource _stop;
    private readonly Task<Dictionary<string, long>> _counting;

    private LiveCounts(RowCounts counts, CancellationTokenSource stop, Task<Dictionary<string, long>> counting) =>
        (_counts, _stop, _counting) = (counts, stop, counting);

    /// <summary>Takes the moment and begins to count.</summary>
    public static async Task<LiveCounts> StartAsync(IInstance instance, IDatabaseClients clients, DatabaseFacts facts, CancellationToken cancellation)
    {
        ClientSession session = await RootSession.OpenAsync(instance, clients, facts.Database, cancellation).ConfigureAwait(false);
        try
        {
            RowCounts counts = await RowCounts.BeginAsync(session, cancellation).ConfigureAwait(false);
            CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            return new LiveCounts(counts, stop, counts.CountAsync(facts.Tables.Keys, stop.Token));
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls a day of the large tables that have as many rows in the dump; of one that was written in between, only the sum is known.</summary>
    public async Task<IReadOnlyList<ManifestDayCount>> AgreeAsync(IReadOnlyDictionary<string, long> dumped)
    {
        Dictionary<string, long> counted = await _counting.ConfigureAwait(false);
        return [.. _counts.Days.Where(day => counted[day.Table] == dumped.GetValueOrDefault(day.Table))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _counts.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
