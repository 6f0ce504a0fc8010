using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>A program in an instance that is ended, with its children, when it is cancelled or given up before its output has ended.</summary>
/// <remarks>
/// It is ended before its connection is let go: the engine shows a program whose connection went the end of its input, and it could
/// take half of its input for the whole.
/// </remarks>
internal sealed class TaggedProcess(IExecProcess inner, Func<Task> endAsync) : IExecProcess
{
    /// <summary>A descendant that escaped may hold the output open.</summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(0.3);

    private readonly object _lock = new();
    private Task? _ending;
    private bool _ended;

    public Stream Input => inner.Input;

    public Task CompleteInputAsync(CancellationToken cancellation) => inner.CompleteInputAsync(cancellation);

    public void WaitInPlace() => inner.WaitInPlace();

    public async IAsyncEnumerable<OutputChunk> ReadOutputAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var letGo = new CancellationTokenSource();
        CancellationTokenRegistration onCancel = cancellation.UnsafeRegister(_ => _ = EndAndLetGoAsync(letGo), null);
        await using (onCancel.ConfigureAwait(false))
        {
            IAsyncEnumerator<OutputChunk> chunks = inner.ReadOutputAsync(letGo.Token).GetAsyncEnumerator(letGo.Token);
            await using (chunks.ConfigureAwait(false))
            {
                while (await MoveAsync(chunks, cancellation).ConfigureAwait(false))
                {
                    yield return chunks.Current;
                }
            }

            cancellation.ThrowIfCancellationRequested();
            _ended = true;
        }
    }

    public Task<int> GetExitCodeAsync(CancellationToken cancellation) => inner.GetExitCodeAsync(cancellation);

    public Task ResizeAsync(TerminalSize size, CancellationToken cancellation) => inner.ResizeAsync(size, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await EndAsync().ConfigureAwait(false);
        }

        await inner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whatever breaks after a cancellation is the cancellation.</summary>
    /// <remarks>Pooled: it is awaited for every piece of a database.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<OutputChunk> chunks, CancellationToken cancellation)
    {
        try
        {
            return await chunks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private async Task EndAndLetGoAsync(CancellationTokenSource letGo)
    {
        await EndAsync().ConfigureAwait(false);
        try
        {
            letGo.CancelAfter(OutputGrace);
        }
        catch (ObjectDisposedException)
        {
            // The output has ended meanwhile.
        }
    }

    private Task EndAsync()
    {
        lock (_lock)
        {
            return _ending ??= endAsync();
        }
    }
}
