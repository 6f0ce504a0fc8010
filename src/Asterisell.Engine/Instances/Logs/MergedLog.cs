using System.Threading.Channels;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>Several logs that are followed, as one. It ends with the first that ends, and fails with the first that fails.</summary>
internal sealed class MergedLog : IAsyncDisposable
{
    /// <summary>A reader that does not keep up holds up the programs inside, not our memory.</summary>
    private readonly Channel<LogEntry> _entries = Channel.CreateBounded<LogEntry>(256);

    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _running = [];

    /// <summary>Begins to follow a log; also from within one that is followed already.</summary>
    public void Start(Func<CancellationToken, Task> follow, CancellationToken cancellation)
    {
        lock (_running)
        {
            _running.Add(FollowAsync(follow, cancellation));
        }
    }

    public ValueTask WriteAsync(LogEntry entry, CancellationToken cancellation) => _entries.Writer.WriteAsync(entry, cancellation);

    public IAsyncEnumerable<LogEntry> ReadAsync(CancellationToken cancellation) => _entries.Reader.ReadAllAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        for (int next = 0; next < _running.Count; next++)
        {
            await _running[next].ConfigureAwait(false);
        }

        _over.Dispose();
    }

    private async Task FollowAsync(Func<CancellationToken, Task> follow, CancellationToken cancellation)
    {
        using var token = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _over.Token);
        try
        {
            await follow(token.Token).ConfigureAwait(false);
            _entries.Writer.TryComplete();
        }
        catch (Exception failure)
        {
            // Told to whoever reads; when disposed, nobody reads.
            _entries.Writer.TryComplete(failure);
        }
    }
}
