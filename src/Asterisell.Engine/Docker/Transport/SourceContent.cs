using System.Net;
using System.Runtime.ExceptionServices;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>A body sent as it is read. When reading it fails, that failure is told and not the broken request that follows from it.</summary>
internal sealed class SourceContent : HttpContent
{
    private const int BufferLength = 64 * 1024;
    private readonly Stream _source;
    private ExceptionDispatchInfo? _failure;

    internal SourceContent(Stream source, string mediaType)
    {
        _source = source;
        Headers.ContentType = new(mediaType);
    }

    /// <summary>Throws what reading the source threw.</summary>
    internal void ThrowIfSourceFailed() => _failure?.Throw();

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                int read;
                try
                {
                    read = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error)
                {
                    _failure = ExceptionDispatchInfo.Capture(error);
                    throw;
                }

                if (read == 0)
                {
                    return;
                }

                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
