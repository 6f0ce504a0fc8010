using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Asterisell.Engine.Docker.Transport;

namespace Asterisell.Engine.Docker;

/// <summary>Reads an answer of one JSON object a line, as it arrives; a line has a limited length.</summary>
internal static class JsonLines
{
    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        EngineHttp http, EngineRequest request, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using AnswerStream body = await AnswerStream.OpenAsync(http, request, cancellation).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int end = 0;
            while (true)
            {
                int read = await body.ReadAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                int scanned = end;
                end += read;
                int start = 0;
                int newline;
                while ((newline = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n')) >= 0)
                {
                    newline += scanned;
                    if (TryParse(http, request, buffer.AsSpan(start, newline - start), type, out T? line))
                    {
                        yield return line!;
                    }

                    start = scanned = newline + 1;
                }

                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                if (end == buffer.Length)
                {
                    buffer = Grow(http, request, buffer);
                }
            }

            if (TryParse(http, request, buffer.AsSpan(0, end), type, out T? last))
            {
                yield return last!;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryParse<T>(EngineHttp http, EngineRequest request, ReadOnlySpan<byte> line, JsonTypeInfo<T> type, out T? value)
    {
        value = default;
        if (line.Trim(" \r\n\t"u8).IsEmpty)
        {
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize(line, type);
            return value is not null;
        }
        catch (JsonException error)
        {
            throw DockerErrors.NotDocker(http.Host, $"a line that is no JSON of the expected form ({request.Doing})", error);
        }
    }

    private static byte[] Grow(EngineHttp http, EngineRequest request, byte[] buffer)
    {
        if (buffer.Length >= http.Limits.LineBytes)
        {
            throw DockerErrors.NotDocker(http.Host, $"a line of more than {http.Limits.LineBytes >> 10} KiB ({request.Doing})");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
