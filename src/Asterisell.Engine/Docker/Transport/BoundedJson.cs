using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Reads a JSON answer of limited size.</summary>
internal static class BoundedJson
{
    internal static async Task<T> ReadAsync<T>(
        EngineHttp http, EngineRequest request, HttpContent content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int length = 0;
            using Stream stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            while (true)
            {
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }

                int read = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                length += read;
                if (length > http.Limits.AnswerBytes)
                {
                    throw DockerErrors.NotDocker(http.Host, $"an answer of more than {http.Limits.AnswerBytes >> 20} MiB ({request.Doing})");
                }
            }

            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type)
                ?? throw DockerErrors.NotDocker(http.Host, $"an empty answer ({request.Doing})");
        }
        catch (JsonException error)
        {
            throw DockerErrors.NotDocker(http.Host, $"an answer that is no JSON of the expected form ({request.Doing})", error);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw http.Translate(error, request.Container, request.Doing);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
