using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Asterisell.Engine.Ssh;

/// <summary>One connection to a host that many commands and streams go through (OpenSSH's ControlMaster).</summary>
/// <remarks>
/// It runs in the foreground below a small shell script that ends it when our end of a pipe closes: by disposing it, or by the death
/// of this process, however it dies. So nothing is left to a timeout. Its end closes all that goes through it.
/// </remarks>
internal sealed class SshMaster : IAsyncDisposable
{
    private const string Script =
        """
        control=$1; shift
        exec 3<&0 </dev/null
        "$@" 3<&- &
        ssh=$!
        ( while read -r _ <&3; do :; done; kill "$ssh" ) 2>/dev/null &
        watcher=$!
        exec 3<&-
        wait "$ssh"; code=$?
        kill "$watcher" 2>/dev/null
        rm -f "$control" "$control.engine"
        rmdir "${control%/*}" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly AsterisellHost _host;
    private readonly SshAddress _address;
    private readonly SshProcess _process;
    private readonly SemaphoreSlim _forwarding = new(1);
    private string? _forwarded;

    private SshMaster(AsterisellHost host, SshAddress address, SshProcess process, string controlPath)
    {
        _host = host;
        _address = address;
        _process = process;
        ControlPath = controlPath;
    }

    internal string ControlPath { get; }

    internal bool HasEnded => _process.HasExited;

    /// <summary>Logs in. Failures are <see cref="AsterisellException"/>.</summary>
    internal static async Task<SshMaster> StartAsync(AsterisellHost host, SshAddress address, SshControlFolder folder)
    {
        string control = folder.NextSocket();
        SshProcess process = SshProcess.Start(
            host, ["/bin/sh", "-c", Script, "sh", control, "ssh", .. SshArguments.Master(host, address, control)]);
        try
        {
            // The socket is made after the login; there is no other sign of it.
            using CancellationTokenSource limit = new(LoginLimit);
            Task<(int ExitCode, string Errors)> end = process.WaitAsync(limit.Token);
            while (!File.Exists(control))
            {
                if (end.IsCompletedSuccessfully)
                {
                    (int exitCode, string errors) = await end.ConfigureAwait(false);
                    throw new SshDiagnosis(host, address).Explain(exitCode, errors);
                }

                limit.Token.ThrowIfCancellationRequested();
                await Task.WhenAny(end, Task.Delay(10, CancellationToken.None)).ConfigureAwait(false);
            }

            return new SshMaster(host, address, process, control);
        }
        catch (OperationCanceledException)
        {
            await process.EndAsync(now: false).ConfigureAwait(false);
            throw SshErrors.SshTimeout(host, address.ToString(), LoginLimit);
        }
        catch
        {
            await process.EndAsync(now: false).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A socket here that leads to one on the host; null where that could not be set up. Whether the host lets it be used shows later.</summary>
    internal async Task<string?> ForwardAsync(string remoteSocket, CancellationToken cancellation)
    {
        await _forwarding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_forwarded is null)
            {
                string local = ControlPath + ".engine";
                SshProcess forward = SshProcess.Start(
                    _host, ["ssh", .. SshArguments.Forward(_address, ControlPath, local, remoteSocket)]);
                await using ConfiguredAsyncDisposable disposal = forward.ConfigureAwait(false);
                (int exitCode, _) = await forward.WaitAsync(cancellation).ConfigureAwait(false);
                _forwarded = exitCode == 0 ? local : null;
            }

            return _forwarded;
        }
        finally
        {
            _forwarding.Release();
        }
    }

    /// <summary>True when the connection stands at this moment: it answers. That a stream through it ended was then the other side's doing.</summary>
    internal async Task<bool> IsAliveAsync()
    {
        try
        {
            // OpenSSH greets everybody on its control socket.
            using CancellationTokenSource limit = new(AnswerLimit);
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(ControlPath), limit.Token).ConfigureAwait(false);
            return await socket.ReceiveAsync(new byte[64].AsMemory(), SocketFlags.None, limit.Token).ConfigureAwait(false) > 0;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        _forwarding.Dispose();
    }
}
