namespace Asterisell.Engine.Backup.Capture;

/// <summary>Reads one stream and writes everything that was read to another.</summary>
internal sealed class TeeStream(Stream source, Stream copy) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
        return read;
    }
}
