using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>One engine over one pool of connections.</summary>
internal sealed class DockerEngine(EngineHttp http) : IDockerEngine
{
    private readonly EngineSystem _system = new(http);
    private readonly ExecStarter _execs = new(http);

    /// <inheritdoc/>
    public AsterisellHost Host => http.Host;

    /// <inheritdoc/>
    public IDockerContainers Containers { get; } = new DockerContainers(http);

    /// <inheritdoc/>
    public IDockerImages Images { get; } = new DockerImages(http);

    /// <inheritdoc/>
    public IDockerVolumes Volumes { get; } = new DockerVolumes(http);

    /// <inheritdoc/>
    public IDockerNetworks Networks { get; } = new DockerNetworks(http);

    /// <inheritdoc/>
    public Task<TimeSpan> PingAsync(CancellationToken cancellation) => _system.PingAsync(cancellation);

    /// <inheritdoc/>
    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellation) => _system.GetInfoAsync(cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<EngineEvent> ReadEventsAsync(EventFilter filter, CancellationToken cancellation) =>
        _system.ReadEventsAsync(filter, cancellation);

    /// <inheritdoc/>
    public async Task<ContainerDetail?> FindContainerAsync(string container, CancellationToken cancellation)
    {
        try
        {
            ContainerJson json = await http.SendAsync(
                Request(HttpMethod.Get, container, "/json", "inspecting the container") with { Within = http.Limits.QuickAnswer },
                DockerJson.Default.ContainerJson,
                cancellation).ConfigureAwait(false);
            return ContainerReader.ReadDetail(Host, json);
        }
        catch (AsterisellException error) when (error.ErrorId == nameof(DockerErrors.ContainerNotFound))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> StartContainerAsync(string container, CancellationToken cancellation) =>
        await ChangeAsync(container, "/start", "starting the container", TimeSpan.Zero, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> StopContainerAsync(string container, TimeSpan grace, CancellationToken cancellation) =>
        await ChangeAsync(container, $"/stop?t={EngineQuery.Seconds(grace)}", "stopping the container", grace, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task RestartContainerAsync(string container, TimeSpan grace, CancellationToken cancellation) =>
        await ChangeAsync(container, $"/restart?t={EngineQuery.Seconds(grace)}", "restarting the container", grace, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<IExecProcess> StartExecAsync(string container, ExecRequest request, CancellationToken cancellation) =>
        _execs.StartAsync(container, request, cancellation);

    /// <inheritdoc/>
    public async Task<Stream> GetArchiveAsync(string container, string path, CancellationToken cancellation) =>
        await AnswerStream.OpenAsync(
            http,
            Request(HttpMethod.Get, container, $"/archive?path={Uri.EscapeDataString(path)}", $"reading {EngineText.Clean(path)}") with
            {
                MediaType = "application/x-tar",
            },
            cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task PutArchiveAsync(string container, string path, Stream tar, CancellationToken cancellation)
    {
        using SourceContent content = new(tar, "application/x-tar");
        EngineRequest put = Request(
            HttpMethod.Put, container, $"/archive?path={Uri.EscapeDataString(path)}", $"writing into {EngineText.Clean(path)}") with
        {
            Content = content, Long = true,
        };
        try
        {
            await http.CommandAsync(put, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException)
        {
            content.ThrowIfSourceFailed();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OutputChunk> ReadLogsAsync(
        string container, LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string Doing = "reading the container's log";
        string query = EngineQuery.Build(
            ("stdout", "1"),
            ("stderr", "1"),
            ("follow", EngineQuery.Flag(request.Follow)),
            ("timestamps", EngineQuery.Flag(request.Timestamps)),
            ("tail", request.Tail is { } lines ? EngineQuery.Number(lines) : null),
            ("since", EngineQuery.UnixTime(request.Since)));
        bool named = await http.GetVersionAsync(cancellation).ConfigureAwait(false) >= ApiVersion.StreamsAreNamed;
        bool terminal = !named && await HasTerminalAsync(container, cancellation).ConfigureAwait(false);
        using HttpResponseMessage answer = await http.SendAsync(
            Request(HttpMethod.Get, container, "/logs" + query, Doing) with { Long = true }, cancellation).ConfigureAwait(false);
        if (named)
        {
            terminal = answer.Content.Headers.ContentType?.MediaType == "application/vnd.docker.raw-stream";
        }

        Stream body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        OutputFrames frames = new(http, container, Doing, body);
        await foreach (OutputChunk chunk in frames.ReadAsync(!terminal, cancellation).ConfigureAwait(false))
        {
            yield return chunk;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => http.DisposeAsync();

    private async Task<bool> ChangeAsync(string container, string action, string doing, TimeSpan grace, CancellationToken cancellation)
    {
        EngineRequest request = Request(HttpMethod.Post, container, action, doing) with { Long = true, Within = grace + http.Limits.SlowAnswer };
        return await http.CommandAsync(request, cancellation).ConfigureAwait(false) switch
        {
            204 => true,
            304 => false,
            int status => throw DockerErrors.NotDocker(Host, $"the unexpected status {status} ({doing})"),
        };
    }

    private async Task<bool> HasTerminalAsync(string container, CancellationToken cancellation) =>
        (await FindContainerAsync(container, cancellation).ConfigureAwait(false)
            ?? throw DockerErrors.ContainerNotFound(Host, container)).HasTerminal;

    private EngineRequest Request(HttpMethod method, string container, string action, string doing) =>
        new(method, $"/containers/{ContainerName.Check(Host, container)}{action}") { Container = container, Doing = doing };
}
