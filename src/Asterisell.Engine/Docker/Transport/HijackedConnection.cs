namespace Asterisell.Engine.Docker.Transport;

/// <summary>A connection that the engine turned from HTTP into a raw stream in both directions.</summary>
internal sealed class HijackedConnection(HttpMessageInvoker once, HttpResponseMessage answer, Stream stream, DuplexStream connection)
    : IAsyncDisposable
{
    /// <summary>Both directions; cancelling a read ends the connection.</summary>
    internal Stream Stream => stream;

    /// <summary>Ends the sending side. It goes to the connection itself: the HTTP client knows no half-closed streams.</summary>
    internal ValueTask CompleteWritingAsync(CancellationToken cancellation) => connection.CompleteWritingAsync(cancellation);

    /// <summary>See <see cref="DuplexStream.WaitInPlace"/>.</summary>
    internal void WaitInPlace(CancellationToken stop) => connection.WaitInPlace(stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        answer.Dispose();
        once.Dispose();
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
