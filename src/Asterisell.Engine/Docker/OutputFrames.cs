using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker.Transport;

namespace Asterisell.Engine.Docker;

/// <summary>Reads output as engines send it: raw for terminals, else in frames that name their stream.</summary>
/// <remarks>A frame is 8 bytes (stream, three zeros, length big-endian) and its data. Data is handed on without being copied or gathered.</remarks>
internal sealed class OutputFrames(EngineHttp http, string container, string doing, Stream stream)
{
    private const int HeaderLength = 8;
    private const int EngineMessage = 3;
    private const int BufferLength = 64 * 1024;

    internal IAsyncEnumerable<OutputChunk> ReadAsync(bool multiplexed, CancellationToken cancellation) =>
        multiplexed ? ReadFramesAsync(cancellation) : ReadRawAsync(cancellation);

    private async IAsyncEnumerable<OutputChunk> ReadRawAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int read;
            while ((read = await FillAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                yield return new OutputChunk(OutputSource.Output, buffer.AsMemory(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async IAsyncEnumerable<OutputChunk> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int start = 0;
            int end = 0;
            long left = 0;
            OutputSource source = OutputSource.Output;
            while (true)
            {
                while (left > 0 && start < end)
                {
                    int length = (int)Math.Min(left, end - start);
                    ReadOnlyMemory<byte> data = buffer.AsMemory(start, length);
                    start += length;
                    left -= length;
                    yield return new OutputChunk(source, data);
                }

                if (left == 0 && end - start >= HeaderLength)
                {
                    (source, left) = await ReadHeaderAsync(buffer.AsMemory(start, end - start), cancellation).ConfigureAwait(false);
                    start += HeaderLength;
                    continue;
                }

                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
                int read = await FillAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    if (end > 0 || left > 0)
                    {
                        throw DockerErrors.ConnectionLost(http.Host, container, doing, new EndOfStreamException("output ended within a frame"));
                    }

                    yield break;
                }

                end += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<(OutputSource Source, long Length)> ReadHeaderAsync(Memory<byte> data, CancellationToken cancellation)
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(data.Span[4..]);
        int kind = data.Span[0];
        if (kind > EngineMessage || data.Span[1] != 0 || data.Span[2] != 0 || data.Span[3] != 0 || length > http.Limits.FrameBytes)
        {
            throw DockerErrors.NotDocker(http.Host, $"output in frames that make no sense ({doing})");
        }

        if (kind == EngineMessage)
        {
            throw DockerErrors.EngineFailed(http.Host, container, await ReadMessageAsync(data[HeaderLength..], length, cancellation).ConfigureAwait(false));
        }

        return (kind == (int)OutputSource.Error ? OutputSource.Error : OutputSource.Output, length);
    }

    private async ValueTask<string> ReadMessageAsync(Memory<byte> seen, uint length, CancellationToken cancellation)
    {
        byte[] text = new byte[Math.Min(length, 4096)];
        int have = Math.Min(seen.Length, text.Length);
        seen[..have].CopyTo(text);
        while (have < text.Length)
        {
            int read = await FillAsync(text.AsMemory(have), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            have += read;
        }

        return EngineText.Clean(System.Text.Encoding.UTF8.GetString(text, 0, have));
    }

    /// <remarks>Pooled: it is awaited for every piece of a database.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw http.Translate(error, container, doing);
        }
    }
}
