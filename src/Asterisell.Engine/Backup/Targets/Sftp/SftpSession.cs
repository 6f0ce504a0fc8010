using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>A login at a server that speaks SFTP through OpenSSH. The server needs nothing but its sshd.</summary>
internal sealed class SftpSession : IAsyncDisposable
{
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);

    private readonly SshProcess _process;
    private readonly SftpConnection _connection;

    private SftpSession(SshProcess process, SftpConnection connection)
    {
        _process = process;
        _connection = connection;
        Client = new SftpClient(connection);
    }

    /// <summary>The calls.</summary>
    public SftpClient Client { get; }

    /// <summary>Logs in.</summary>
    /// <exception cref="AsterisellException">Why not: host key, login, connection, or <c>TargetNoSftp</c>.</exception>
    public static async Task<SftpSession> OpenAsync(TargetSsh ssh, CancellationToken cancellation)
    {
        SshProcess process = SshProcess.Start(ssh.Address.Server, ssh.Subsystem("sftp"));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LoginLimit);
        try
        {
            return new SftpSession(process, await SftpConnection.OpenAsync(process.Input, process.Output, limit.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            await process.EndAsync(now: true).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw SshErrors.SshTimeout(ssh.Address.Server, ssh.Address.Login.ToString(), LoginLimit);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            AsterisellException why = await ExplainAsync(process, ssh, failure).ConfigureAwait(false);
            await process.EndAsync(now: true).ConfigureAwait(false);
            throw why;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.EndAsync(now: true).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<AsterisellException> ExplainAsync(SshProcess process, TargetSsh ssh, Exception failure)
    {
        using CancellationTokenSource limit = new(EndLimit);
        try
        {
            (int exitCode, string errors) = await process.WaitAsync(limit.Token).ConfigureAwait(false);
            return exitCode == 255 && !errors.Contains("subsystem", StringComparison.OrdinalIgnoreCase)
                ? ssh.Explain(exitCode, errors)
                : TargetErrors.TargetNoSftp(ssh.Address.Server.Name, ssh.Address.Login.ToString(), ToolText.Last(errors, failure.Message));
        }
        catch (OperationCanceledException)
        {
            return TargetErrors.TargetNoSftp(ssh.Address.Server.Name, ssh.Address.Login.ToString(), failure.Message);
        }
    }
}
