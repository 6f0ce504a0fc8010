namespace Asterisell.Engine.Ssh;

/// <summary>A command running on a host.</summary>
internal sealed class SshCommand(SshProcess process, SshDiagnosis diagnosis, Action<string> onEnd) : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);
    private int _disposed;

    internal Stream Input => process.Input;

    internal Stream Output => process.Output;

    /// <summary>After its output has ended: null where all was well, else what went wrong.</summary>
    internal async Task<AsterisellException?> FindFailureAsync(CancellationToken cancellation)
    {
        if (_disposed != 0)
        {
            return null; // we ended it ourselves
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(EndLimit);
        try
        {
            (int exitCode, string errors) = await process.WaitAsync(limit.Token).ConfigureAwait(false);
            return exitCode == 0 ? null : diagnosis.Explain(exitCode, errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Output has ended, but the process has not: it waits for something that does not concern us.
            return null;
        }
    }

    /// <summary>Ends the command without waiting for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await process.EndAsync(now: true).ConfigureAwait(false);
            onEnd(process.Errors);
        }
    }
}
