using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>HTTP to one engine: pooled connections, the negotiated version, limits, failures turned into typed ones.</summary>
internal sealed class EngineHttp : IAsyncDisposable
{
    private static readonly Uri Root = new("http://docker");
    private readonly IEngineDialer _dialer;
    private readonly HttpMessageInvoker _quick;
    private readonly HttpMessageInvoker _long;
    private readonly VersionNegotiation _version;

    internal EngineHttp(AsterisellHost host, IEngineDialer dialer, DockerLimits limits)
    {
        Host = host;
        Limits = limits;
        _dialer = dialer;
        _quick = new HttpMessageInvoker(CreateHandler(DialAsync, dialer.PooledConnections));
        _long = new HttpMessageInvoker(CreateHandler(DialAsync, int.MaxValue));
        _version = new VersionNegotiation(this);
    }

    internal AsterisellHost Host { get; }

    internal DockerLimits Limits { get; }

    /// <summary>The version spoken with this engine; asked for once.</summary>
    internal Task<ApiVersion> GetVersionAsync(CancellationToken cancellation) => _version.GetAsync(cancellation);

    /// <summary>Sends a request; the answer is one of success, its body not yet read.</summary>
    internal async Task<HttpResponseMessage> SendAsync(EngineRequest request, CancellationToken cancellation)
    {
        ApiVersion version = await _version.GetAsync(cancellation).ConfigureAwait(false);
        return await SendAsync(request, $"/v{version}", cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a request without a version in its path: for the ping that finds it.</summary>
    internal Task<HttpResponseMessage> SendUnversionedAsync(EngineRequest request, CancellationToken cancellation) =>
        SendAsync(request, "", cancellation);

    /// <summary>Sends a request and reads its JSON answer.</summary>
    internal async Task<T> SendAsync<T>(EngineRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (request.Within is { } within)
        {
            limit.CancelAfter(within);
        }

        try
        {
            using HttpResponseMessage answer = await SendAsync(request with { Within = null }, limit.Token).ConfigureAwait(false);
            return await BoundedJson.ReadAsync(this, request, answer.Content, type, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw DockerErrors.EngineTimeout(Host, request.Doing, request.Within ?? TimeSpan.Zero);
        }
    }

    /// <summary>Sends a request whose answer has no body of interest; the status is returned.</summary>
    internal async Task<int> CommandAsync(EngineRequest request, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }

    /// <summary>Opens a connection outside of the pools, for a request that takes the connection over.</summary>
    internal Task<DuplexStream> DialAsync(CancellationToken cancellation) => _dialer.DialAsync(cancellation);

    /// <summary>Sends one request on a connection of its own and gives the raw stream that the connection becomes.</summary>
    internal async Task<HijackedConnection> HijackAsync(EngineRequest request, DuplexStream connection, CancellationToken cancellation)
    {
        HttpMessageInvoker? once = null;
        HttpResponseMessage? answer = null;
        try
        {
            ApiVersion version = await _version.GetAsync(cancellation).ConfigureAwait(false);
            once = new HttpMessageInvoker(CreateHandler(_ => Task.FromResult(connection), 1));
            using HttpRequestMessage message = CreateMessage(request, $"/v{version}");
            answer = await SendAsync(once, request, message, cancellation).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.SwitchingProtocols)
            {
                throw DockerErrors.NotDocker(Host, $"status {(int)answer.StatusCode} instead of an upgraded connection ({request.Doing})");
            }

            Stream stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            return new HijackedConnection(once, answer, stream, connection);
        }
        catch
        {
            answer?.Dispose();
            once?.Dispose();
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What an exception while reading an answer means.</summary>
    internal Exception Translate(Exception error, string? container, string doing) =>
        EngineFailure.Translate(Host, container, doing, error);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _quick.Dispose();
        _long.Dispose();
        await _dialer.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(EngineRequest request, string prefix, CancellationToken cancellation)
    {
        using HttpRequestMessage message = CreateMessage(request, prefix);
        return await SendAsync(request.Long ? _long : _quick, request, message, cancellation).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker invoker, EngineRequest request, HttpRequestMessage message, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (request.Within is { } within)
        {
            limit.CancelAfter(within);
        }

        HttpResponseMessage? answer = null;
        try
        {
            answer = await invoker.SendAsync(message, limit.Token).ConfigureAwait(false);
            if ((int)answer.StatusCode is (>= 200 and < 300) or 304 || (request.Upgrade && answer.StatusCode == HttpStatusCode.SwitchingProtocols))
            {
                return answer;
            }

            throw await EngineFailure.ReadAsync(this, request, answer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answer?.Dispose();
            throw DockerErrors.EngineTimeout(Host, request.Doing, request.Within ?? Limits.Connect);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            answer?.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw Translate(error, request.Container, request.Doing);
        }
    }

    private static HttpRequestMessage CreateMessage(EngineRequest request, string prefix)
    {
        HttpRequestMessage message = new(request.Method, new Uri(Root, prefix + request.Path));

        // A body, even an empty one, keeps the handler from silently repeating a request that changes something
        // when a pooled connection breaks under it; requests without one (GET, HEAD) are repeated once, which is safe.
        message.Content = request.Content ?? (request.Method == HttpMethod.Post ? new ByteArrayContent([]) : null);
        if (request.Content is SourceContent)
        {
            // Lets the engine refuse before anything is sent; its reason would be lost in a broken pipe otherwise.
            message.Headers.ExpectContinue = true;
        }

        if (request.Upgrade)
        {
            message.Headers.Connection.Add("Upgrade");
            message.Headers.Upgrade.Add(new("tcp"));
        }

        return message;
    }

    private SocketsHttpHandler CreateHandler(Func<CancellationToken, Task<DuplexStream>> dial, int connections)
    {
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = async (_, cancellation) => await dial(cancellation).ConfigureAwait(false),
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(5),
            MaxConnectionsPerServer = connections,
            MaxResponseHeadersLength = Limits.HeaderKilobytes,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            UseCookies = false,
            UseProxy = false,
        };
    }
}
