namespace Asterisell.Engine.Ssh;

/// <summary>One connection to a host that many commands go through (OpenSSH's ControlMaster).</summary>
/// <remarks>
/// It runs in the foreground below a small shell script that ends it when our end of a pipe closes: by disposing it, or by the death
/// of this process, however it dies. So nothing is left to a timeout. Its end closes all that goes through it.
/// </remarks>
internal sealed class SshMaster : IAsyncDisposable
{
    private const string Script =
        """
        folder=$1; shift
        exec 3<&0 </dev/null
        "$@" 3<&- &
        ssh=$!
        ( while read -r _ <&3; do :; done; kill "$ssh" ) 2>/dev/null &
        watcher=$!
        exec 3<&-
        wait "$ssh"; code=$?
        kill "$watcher" 2>/dev/null
        rmdir "$folder" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(14);
    private readonly SshProcess _process;

    private SshMaster(SshProcess process, string controlPath)
    {
        _process = process;
        ControlPath = controlPath;
    }

    internal string ControlPath { get; }

    internal bool HasEnded => _process.HasExited;

    /// <summary>Logs in. Failures are <see cref="AsterisellException"/>.</summary>
    internal static async Task<SshMaster> StartAsync(AsterisellHost host, SshAddress address, SshControlFolder folder)
    {
        string socket = folder.NextSocket();
        SshProcess process = SshProcess.Start(
            host, ["/bin/sh", "-c", Script, "sh", folder.Folder, "ssh", .. SshArguments.Master(host, address, socket)]);
        try
        {
            // The socket is made after the login; there is no other sign of it.
            using CancellationTokenSource limit = new(LoginLimit);
            Task<(int ExitCode, string Errors)> end = process.WaitAsync(limit.Token);
            while (!File.Exists(socket))
            {
                if (end.IsCompletedSuccessfully)
                {
                    (int exitCode, string errors) = await end.ConfigureAwait(false);
                    throw new SshDiagnosis(host, address).Explain(exitCode, errors);
                }

                limit.Token.ThrowIfCancellationRequested();
                await Task.WhenAny(end, Task.Delay(10, CancellationToken.None)).ConfigureAwait(false);
            }

            return new SshMaster(process, socket);
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
