using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Turns what goes wrong on a connection, and what an engine answers instead of success, into typed errors.</summary>
internal static class EngineFailure
{
    /// <summary>What an exception of the HTTP client or of a stream means.</summary>
    internal static Exception Translate(AsterisellHost host, string? container, string doing, Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AsterisellException)
            {
                return cause;
            }
        }

        HttpRequestError kind = error switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return kind switch
        {
            HttpRequestError.InvalidResponse => DockerErrors.NotDocker(host, $"an answer that is no HTTP ({doing})", error),
            HttpRequestError.ConfigurationLimitExceeded => DockerErrors.NotDocker(host, $"headers without end ({doing})", error),
            _ when error is HttpRequestException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException
                or AuthenticationException => DockerErrors.ConnectionLost(host, container, doing, error),
            _ => error,
        };
    }

    /// <summary>Reads an answer that is no success.</summary>
    internal static async Task<AsterisellException> ReadAsync(
        EngineHttp http, EngineRequest request, HttpResponseMessage answer, CancellationToken cancellation)
    {
        (string message, bool fromEngine) = await ReadMessageAsync(http.Limits, answer.Content, cancellation).ConfigureAwait(false);
        AsterisellHost host = http.Host;
        string? container = request.Container;
        if (request.Method == HttpMethod.Head && answer.StatusCode == HttpStatusCode.NotFound)
        {
            return DockerErrors.ObjectNotFound(host, "nothing of that name exists");
        }

        if (!fromEngine && !Has(message, "client version"))
        {
            return DockerErrors.NotDocker(host, $"status {(int)answer.StatusCode} without Docker's explanation ({request.Doing})");
        }

        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest when Has(message, "client version") => DockerErrors.EngineTooNew(host, message),
            HttpStatusCode.NotFound when Has(message, "page not found") =>
                DockerErrors.NotDocker(host, $"it does not know the request ({request.Doing})"),
            HttpStatusCode.NotFound when container is not null && Has(message, "no such container") =>
                DockerErrors.ContainerNotFound(host, container),
            HttpStatusCode.NotFound when container is not null
                && (Has(message, "could not find the file") || Has(message, "no such file") || Has(message, "not found in container")) =>
                DockerErrors.PathNotFound(host, container, message),
            HttpStatusCode.NotFound when container is not null && Has(message, "exec") =>
                DockerErrors.ProgramLost(host, container),
            HttpStatusCode.NotFound => DockerErrors.ObjectNotFound(host, message),
            HttpStatusCode.Conflict when container is not null && Has(message, "is not running") =>
                DockerErrors.ContainerNotRunning(host, container, "stopped"),
            HttpStatusCode.Conflict when container is not null
                && (Has(message, "is paused") || Has(message, "is restarting") || Has(message, "already paused")) =>
                DockerErrors.ContainerNotReady(host, container, message),
            HttpStatusCode.Conflict => DockerErrors.EngineConflict(host, container, message),
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => DockerErrors.EngineForbids(host, container, message),
            _ when Has(message, "no space left on device") => DockerErrors.HostDiskFull(host, container, message),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => DockerErrors.EngineRefused(host, container, message),
            >= HttpStatusCode.InternalServerError => DockerErrors.EngineFailed(host, container, message),
            _ => DockerErrors.NotDocker(host, $"the unexpected status {(int)answer.StatusCode} ({request.Doing})"),
        };
    }

    private static bool Has(string message, string fragment) => message.Contains(fragment, StringComparison.OrdinalIgnoreCase);

    private static async Task<(string Message, bool FromEngine)> ReadMessageAsync(
        DockerLimits limits, HttpContent content, CancellationToken cancellation)
    {
        byte[] buffer = new byte[limits.ErrorBytes];
        using Stream stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        try
        {
            ErrorJson? error = JsonSerializer.Deserialize(buffer.AsSpan(0, length), DockerJson.Default.ErrorJson);
            if (error?.Message is { } message)
            {
                return (EngineText.Clean(message), true);
            }
        }
        catch (JsonException)
        {
            // Engines tell of a wrong version in plain text; other texts come from proxies.
        }

        return (EngineText.Clean(Encoding.UTF8.GetString(buffer, 0, length)), false);
    }
}
