using System.Diagnostics;
using Asterisell.Engine.Backup.Targets.Sftp;

namespace Asterisell.Tests.Unit.Backup.Targets;

/// <summary>OpenSSH's own sftp-server on two pipes: the real thing, without a login.</summary>
internal sealed class SftpServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly SftpConnection _connection;

    private SftpServer(Process process, SftpConnection connection)
    {
        _process = process;
        _connection = connection;
        Client = new SftpClient(connection);
    }

    public SftpClient Client { get; }

    public static async Task<SftpServer> StartAsync()
    {
        Process process = Process.Start(new ProcessStartInfo("/usr/lib/openssh/sftp-server") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return new SftpServer(
            process, await SftpConnection.OpenAsync(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, CancellationToken.None));
    }

    /// <summary>As a server that dies.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _connection.DisposeAsync();
        _process.Dispose();
    }
}
