using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>One engine over one pool of connections.</summary>
internal sealed class DockerEngine(EngineHttp http) : IDockerEngine
{
    /// <inheritdoc/>
    public AsterisellHost Host => http.Host;

    /// <inheritdoc/>
    public async Task<ContainerDetail?> FindContainerAsync(string container, CancellationToken cancellation)
    {
        try
        {
            ContainerJson json = await http.SendAsync(
                Request(HttpMethod.Get, container, "/json", "inspecting the container") with { Within = http.Limits.QuickAnswer },
                DockerJson.Default.ContainerJson,
                cancellation).ConfigureAwait(false);
            return ContainerDetailReader.Read(Host, json);
        }
        catch (AsterisellException error) when (error.ErrorId == nameof(DockerErrors.ContainerNotFound))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> StartContainerAsync(string container, CancellationToken cancellation) =>
        await ChangeAsync(container, "/start", "starting the container", TimeSpan.Zero, cancellation).ConfigureAwait(false) != 304;

    /// <inheritdoc/>
    public async Task<bool> StopContainerAsync(string container, TimeSpan grace, CancellationToken cancellation) =>
        await ChangeAsync(container, $"/stop?t={Seconds(grace)}", "stopping the container", grace, cancellation).ConfigureAwait(false) != 304;

    /// <inheritdoc/>
    public Task RestartContainerAsync(string container, TimeSpan grace, CancellationToken cancellation) =>
        ChangeAsync(container, $"/restart?t={Seconds(grace)}", "restarting the container", grace, cancellation);

    /// <inheritdoc/>
    public async Task<IExecProcess> StartExecAsync(string container, ExecRequest request, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Arguments.Count, nameof(request));
        EngineRequest create = Request(HttpMethod.Post, container, "/exec", "preparing a program") with
        {
            Within = http.Limits.QuickAnswer,
            Content = Json(JsonSerializer.SerializeToUtf8Bytes(CreateExec(request), DockerJson.Default.ExecCreateJson)),
        };

        // The connection that the program will take over is opened meanwhile: over ssh that takes longer than the request.
        ApiVersion version = await http.GetVersionAsync(cancellation).ConfigureAwait(false);
        Task<DuplexStream> dial = http.DialAsync(cancellation);
        string id;
        try
        {
            IdJson created = await http.SendAsync(create, DockerJson.Default.IdJson, cancellation).ConfigureAwait(false);
            id = created.Id is { Length: > 0 } given && given.All(char.IsAsciiHexDigit)
                ? given
                : throw DockerErrors.NotDocker(Host, "a program without id");
        }
        catch
        {
            await DropAsync(dial).ConfigureAwait(false);
            throw;
        }

        DuplexStream connection = await dial.ConfigureAwait(false);
        EngineRequest start = new(HttpMethod.Post, $"/exec/{id}/start")
        {
            Doing = "starting a program",
            Container = container,
            Within = http.Limits.SlowAnswer,
            Content = Json(JsonSerializer.SerializeToUtf8Bytes(StartExec(request), DockerJson.Default.ExecStartJson)),
        };
        HijackedConnection hijacked = await http.HijackAsync(start, connection, cancellation).ConfigureAwait(false);
        ExecProcess process = new(http, container, id, request, hijacked);
        if (request.Terminal is { } size && version < ApiVersion.TerminalsStartSized)
        {
            await process.ResizeFirstAsync(size, cancellation).ConfigureAwait(false);
        }

        return process;
    }

    /// <inheritdoc/>
    public async Task<Stream> GetArchiveAsync(string container, string path, CancellationToken cancellation) =>
        await AnswerStream.OpenAsync(
            http,
            Request(HttpMethod.Get, container, $"/archive?path={Uri.EscapeDataString(path)}", $"reading {EngineText.Clean(path)}"),
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
        string query = "/logs?stdout=1&stderr=1"
            + (request.Follow ? "&follow=1" : "")
            + (request.Timestamps ? "&timestamps=1" : "")
            + (request.Tail is { } lines ? string.Create(CultureInfo.InvariantCulture, $"&tail={lines}") : "")
            + (request.Since is { } since ? $"&since={UnixTime(since)}" : "");
        bool named = await http.GetVersionAsync(cancellation).ConfigureAwait(false) >= ApiVersion.StreamsAreNamed;
        bool terminal = !named && await HasTerminalAsync(container, cancellation).ConfigureAwait(false);
        using HttpResponseMessage answer = await http.SendAsync(
            Request(HttpMethod.Get, container, query, Doing) with { Long = true }, cancellation).ConfigureAwait(false);
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

    private static ExecCreateJson CreateExec(ExecRequest request) => new()
    {
        AttachStdin = request.AttachInput,
        AttachStdout = true,
        AttachStderr = true,
        Tty = request.Terminal is not null,
        Cmd = request.Arguments,
        User = request.User,
        WorkingDir = request.WorkingDirectory,
        Env = request.Environment is null ? null : [.. request.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
    };

    private static ExecStartJson StartExec(ExecRequest request) => new()
    {
        Tty = request.Terminal is not null,
        ConsoleSize = request.Terminal is { } size ? [size.Rows, size.Columns] : null,
    };

    private static async Task DropAsync(Task<DuplexStream> dial)
    {
        try
        {
            await (await dial.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is AsterisellException or OperationCanceledException)
        {
            // The request has failed already and says why.
        }
    }

    private static ByteArrayContent Json(byte[] utf8) => new(utf8) { Headers = { ContentType = new("application/json") } };

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    private static string UnixTime(DateTimeOffset time)
    {
        long ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:000000000}");
    }

    private Task<int> ChangeAsync(string container, string action, string doing, TimeSpan grace, CancellationToken cancellation) =>
        http.CommandAsync(
            Request(HttpMethod.Post, container, action, doing) with { Long = true, Within = grace + http.Limits.SlowAnswer }, cancellation);

    private async Task<bool> HasTerminalAsync(string container, CancellationToken cancellation) =>
        (await FindContainerAsync(container, cancellation).ConfigureAwait(false)
            ?? throw DockerErrors.ContainerNotFound(Host, container)).HasTerminal;

    private EngineRequest Request(HttpMethod method, string container, string action, string doing) =>
        new(method, $"/containers/{ContainerName.Check(Host, container)}{action}") { Container = container, Doing = doing };
}
