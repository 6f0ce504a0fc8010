using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>A connection to an engine through <c>docker system dial-stdio</c> on its host.</summary>
internal sealed class SshConnection(SshCommand command) : DuplexStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await command.Output.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0 && buffer.Length > 0 && await command.FindFailureAsync(cancellationToken).ConfigureAwait(false) is { } failure)
        {
            // An IOException, so that the HTTP client takes it for the broken connection that it is.
            throw new IOException(failure.Message, failure);
        }

        return read;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        command.Input.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask CompleteWritingAsync(CancellationToken cancellation) => command.Input.DisposeAsync();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await command.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The HTTP client disposes without awaiting; the process ends meanwhile.
            _ = command.DisposeAsync().AsTask();
        }

        base.Dispose(disposing);
    }
}
