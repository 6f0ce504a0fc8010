using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Asterisell.Engine.Ssh;

/// <summary>One process of OpenSSH with its three streams; the end of what it says as errors is kept.</summary>
internal sealed class SshProcess : IAsyncDisposable
{
    private const int KeptErrorCharacters = 8 * 1024;
    private static readonly TimeSpan ErrorPatience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task _errorReader;
    private int _disposed;

    private SshProcess(Process process)
    {
        _process = process;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        _errorReader = ReadErrorsAsync();
    }

    internal Stream Input { get; }

    internal Stream Output { get; }

    internal bool HasExited => _disposed != 0 || _process.HasExited;

    /// <summary>What it wrote as errors so far, or the end of that.</summary>
    internal string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    internal static SshProcess Start(AsterisellHost host, IReadOnlyList<string> command)
    {
        ProcessStartInfo start = OwnSession.Describe(command);

        // Also reaches the ssh of a jump host, which is not given our options.
        start.Environment["SSH_ASKPASS_REQUIRE"] = "never";
        start.Environment.Remove("SSH_ASKPASS");
        try
        {
            return new SshProcess(Process.Start(start)!);
        }
        catch (Win32Exception error)
        {
            throw SshErrors.SshMissing(host, error);
        }
    }

    /// <summary>Waits for the end; the exit code and what was written as errors.</summary>
    internal async Task<(int ExitCode, string Errors)> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);

        // The shared connection holds the pipe too, and may go on doing so.
        await Task.WhenAny(_errorReader, Task.Delay(ErrorPatience, cancellation)).ConfigureAwait(false);
        return (_process.ExitCode, Errors);
    }

    /// <summary>Ends the process by closing its input; after a while, or at once when <paramref name="now"/>, by killing it.</summary>
    internal async Task EndAsync(bool now)
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            await CloseAsync(Input).ConfigureAwait(false);
            if (!now)
            {
                using CancellationTokenSource limit = new(Farewell);
                await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // It is killed below.
        }

        try
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It had ended by itself.
        }

        await CloseAsync(Output).ConfigureAwait(false);
        _process.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync(now: false).ConfigureAwait(false);

    private static async Task CloseAsync(Stream stream)
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A broken pipe: nobody is there to read what was not yet sent.
        }
    }

    private async Task ReadErrorsAsync()
    {
        char[] buffer = new char[1024];
        try
        {
            int read;
            while ((read = await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (_errors)
                {
                    _errors.Append(buffer, 0, read);
                    if (_errors.Length > KeptErrorCharacters)
                    {
                        _errors.Remove(0, _errors.Length - KeptErrorCharacters);
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is being ended.
        }
    }
}
