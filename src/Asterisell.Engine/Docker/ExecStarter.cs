using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>Starts programs in containers: one request to prepare, one that turns its connection into the program's streams.</summary>
internal sealed class ExecStarter(EngineHttp http)
{
    /// <summary>
    /// The engine holds each key back that may begin this sequence, until it sees the next one; by default that is Ctrl+P, which every shell
    /// uses. It cannot be told to have no sequence. Nobody types this one, and its first key, Ctrl+@, is followed by others where it is used.
    /// </summary>
    private const string DetachKeys = "ctrl-@,ctrl-_,ctrl-@,ctrl-_,ctrl-@,ctrl-_,ctrl-@,ctrl-_";

    internal async Task<IExecProcess> StartAsync(string container, ExecRequest request, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Arguments.Count, nameof(request));
        EngineRequest create = new(HttpMethod.Post, $"/containers/{ContainerName.Check(http.Host, container)}/exec")
        {
            Doing = "preparing a program",
            Container = container,
            Within = http.Limits.QuickAnswer,
            Content = EngineQuery.Json(CreateExec(request), DockerJson.Default.ExecCreateJson),
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
                : throw DockerErrors.NotDocker(http.Host, "a program without id");
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
            Upgrade = true,
            Container = container,
            Within = http.Limits.SlowAnswer,
            Content = EngineQuery.Json(StartExec(request), DockerJson.Default.ExecStartJson),
        };
        HijackedConnection hijacked = await http.HijackAsync(start, connection, cancellation).ConfigureAwait(false);
        ExecProcess process = new(http, container, id, request, hijacked);
        if (request.Terminal is { } size && version < ApiVersion.TerminalsStartSized)
        {
            await process.ResizeFirstAsync(size, cancellation).ConfigureAwait(false);
        }

        return process;
    }

    private static ExecCreateJson CreateExec(ExecRequest request) => new()
    {
        AttachStdin = request.AttachInput,
        AttachStdout = true,
        AttachStderr = true,
        Tty = request.Terminal is not null,
        DetachKeys = request.Terminal is null ? null : DetachKeys,
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
}
