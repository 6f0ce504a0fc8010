using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Finds out whether an engine's socket can be forwarded by ssh.</summary>
/// <remarks>
/// A forwarded connection costs next to nothing; one by <c>docker system dial-stdio</c> costs a process here, one in sshd and a start
/// of docker on the host, and counts against sshd's MaxSessions. Where the engine is elsewhere than on a socket, or sshd does not
/// forward (AllowStreamLocalForwarding), there is dial-stdio.
/// </remarks>
internal sealed partial class SshRoute(SshHost host)
{
    private static readonly string[] AskEndpoint = ["docker", "context", "inspect", "--format", "'{{.Endpoints.docker.Host}}'"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Path of the engine's socket on the host when it can be forwarded, else null. Login failures are thrown.</summary>
    internal async Task<string?> FindSocketAsync()
    {
        if (!SshHost.CanShare)
        {
            return null;
        }

        SshMaster master = await host.ShareAsync(CancellationToken.None).ConfigureAwait(false);
        using CancellationTokenSource limit = new(Limit);
        try
        {
            Match endpoint = UnixEndpoint().Match(await AskAsync(limit.Token).ConfigureAwait(false));
            return endpoint.Success && await AnswersAsync(master, endpoint.Groups[1].Value, limit.Token).ConfigureAwait(false)
                ? endpoint.Groups[1].Value
                : null;
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or AsterisellException)
        {
            return null;
        }
    }

    /// <summary>The endpoint that the docker client on the host would use.</summary>
    private async Task<string> AskAsync(CancellationToken cancellation)
    {
        SshCommand command = await host.StartAsync(AskEndpoint, cancellation).ConfigureAwait(false);
        await using (command.ConfigureAwait(false))
        {
            byte[] answer = new byte[1024];
            int length = await command.Output.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            return Encoding.UTF8.GetString(answer, 0, length).Trim();
        }
    }

    private static async Task<bool> AnswersAsync(SshMaster master, string remoteSocket, CancellationToken cancellation)
    {
        if (await master.ForwardAsync(remoteSocket, cancellation).ConfigureAwait(false) is not { } local)
        {
            return false;
        }

        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(local), cancellation).ConfigureAwait(false);
        await socket.SendAsync("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellation).ConfigureAwait(false);
        byte[] answer = new byte[12];
        int length = await socket.ReceiveAsync(answer.AsMemory(), SocketFlags.None, cancellation).ConfigureAwait(false);
        return answer.AsSpan(0, length).SequenceEqual("HTTP/1.1 200"u8);
    }

    [GeneratedRegex(@"^unix://(/[\w./-]{1,100})$")]
    private static partial Regex UnixEndpoint();
}
