using Asterisell.Engine.Docker.Transport;

namespace Asterisell.Engine.Docker;

/// <summary>The body of an answer, read as it arrives; a connection that breaks is a typed error, never a short body.</summary>
internal sealed class AnswerStream(EngineHttp http, EngineRequest request, HttpResponseMessage answer, Stream body) : ForwardStream
{
    internal static async Task<AnswerStream> OpenAsync(EngineHttp http, EngineRequest request, CancellationToken cancellation)
    {
        HttpResponseMessage answer = await http.SendAsync(request with { Long = true }, cancellation).ConfigureAwait(false);
        string? type = answer.Content.Headers.ContentType?.MediaType;
        if (request.MediaType is { } wanted && !wanted.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            answer.Dispose();
            throw DockerErrors.NotDocker(http.Host, $"'{EngineText.OneLine(type ?? "nothing")}' instead of {wanted} ({request.Doing})");
        }

        return new AnswerStream(http, request, answer, await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw http.Translate(error, request.Container, request.Doing);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            answer.Dispose();
        }

        base.Dispose(disposing);
    }
}
