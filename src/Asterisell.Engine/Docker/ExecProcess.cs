using System.Runtime.CompilerServices;
using System.Text;
using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>A program running in a container over a connection of its own.</summary>
internal sealed class ExecProcess : IExecProcess
{
    private const string Doing = "reading the output of a program";
    private readonly EngineHttp _http;
    private readonly string _container;
    private readonly string _id;
    private readonly ExecRequest _request;
    private readonly HijackedConnection _connection;
    private readonly ExecInput _input;
    private byte[] _firstOutput = [];
    private bool _waitsInPlace;

    internal ExecProcess(EngineHttp http, string container, string id, ExecRequest request, HijackedConnection connection)
    {
        _http = http;
        _container = container;
        _id = id;
        _request = request;
        _connection = connection;
        _input = new ExecInput(http, container, connection, request.AttachInput);
    }

    /// <inheritdoc/>
    public Stream Input => _input;

    /// <inheritdoc/>
    public Task CompleteInputAsync(CancellationToken cancellation) => _input.CompleteAsync(cancellation).AsTask();

    /// <inheritdoc/>
    public void WaitInPlace() => _waitsInPlace = true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<OutputChunk> ReadOutputAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_waitsInPlace)
        {
            _connection.WaitInPlace(cancellation);
        }

        OutputFrames frames = new(_http, _container, Doing, _connection.Stream);
        await foreach (OutputChunk chunk in frames.ReadAsync(_request.Terminal is null, cancellation).ConfigureAwait(false))
        {
            if (_firstOutput.Length == 0)
            {
                // Kept because engines write the reason why a program could not be started where its output would be.
                _firstOutput = chunk.Data[..Math.Min(chunk.Data.Length, 512)].ToArray();
            }

            yield return chunk;
        }
    }

    /// <inheritdoc/>
    public async Task<int> GetExitCodeAsync(CancellationToken cancellation)
    {
        // Output ends a moment before the engine has noted the exit, and long before it where a program closes its output and goes on.
        const int MostLost = 20;
        int lost = 0;
        for (int wait = 1; ; wait = Math.Min(wait * 2, 500))
        {
            ExecJson state = await InspectAsync(cancellation).ConfigureAwait(false);
            if (!state.Running && state.ExitCode is { } code)
            {
                return state.Pid == 0 && (code is 126 or 127) ? throw NotStarted() : code;
            }

            // Neither running nor ended: between being started and running, or never again after a restart of the engine.
            if (!state.Running && ++lost == MostLost)
            {
                throw DockerErrors.ProgramLost(_http.Host, _container);
            }

            await Task.Delay(wait, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task ResizeAsync(TerminalSize size, CancellationToken cancellation) => _http.CommandAsync(
        new EngineRequest(HttpMethod.Post, FormattableString.Invariant($"/exec/{_id}/resize?h={size.Rows}&w={size.Columns}"))
        {
            Doing = "resizing a terminal", Container = _container, Within = _http.Limits.QuickAnswer,
        },
        cancellation);

    /// <summary>Gives the terminal its first size, as soon as the engine knows the program as started or ended.</summary>
    internal async Task ResizeFirstAsync(TerminalSize size, CancellationToken cancellation)
    {
        for (int wait = 5; wait < 2000; wait *= 2)
        {
            try
            {
                await ResizeAsync(size, cancellation).ConfigureAwait(false);
                return;
            }
            catch (AsterisellException error) when (error.Kind is not (ErrorKind.Protocol or ErrorKind.Timeout))
            {
                if (await InspectAsync(cancellation).ConfigureAwait(false) is { Running: false, ExitCode: not null })
                {
                    return;
                }
            }

            await Task.Delay(wait, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<ExecJson> InspectAsync(CancellationToken cancellation) => _http.SendAsync(
        new EngineRequest(HttpMethod.Get, $"/exec/{_id}/json")
        {
            Doing = "asking for the exit code of a program", Container = _container, Within = _http.Limits.QuickAnswer,
        },
        DockerJson.Default.ExecJson,
        cancellation);

    private AsterisellException NotStarted()
    {
        string reason = EngineText.Clean(Encoding.UTF8.GetString(_firstOutput));
        const string Noise = "unable to start container process: ";
        int at = reason.IndexOf(Noise, StringComparison.Ordinal);
        reason = at < 0 ? reason : reason[(at + Noise.Length)..];
        if (reason.Contains("stopped container", StringComparison.Ordinal))
        {
            return DockerErrors.ContainerNotRunning(_http.Host, _container, "stopped");
        }

        return DockerErrors.ProgramNotStarted(
            _http.Host, _container, _request.Arguments[0], reason.Length == 0 ? "the engine does not say why" : reason);
    }
}
