using System.Net;
using System.Net.Sockets;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>Something that listens where an engine should, and answers byte for byte what a test tells it to.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    public const string Ping =
        "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nOstype: linux\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK";

    private readonly CancellationTokenSource _end = new();
    private readonly Socket _listener;
    private readonly Task _accepting;
    private readonly string? _path;
    private readonly Func<Stream, Task<Stream>> _secure;
    private readonly Func<FakeExchange, Task> _answer;

    private FakeEngine(
        Socket listener, Uri endpoint, string? path, Func<FakeExchange, Task> answer, Func<Stream, Task<Stream>>? secure = null)
    {
        _secure = secure ?? Task.FromResult;
        _listener = listener;
        _path = path;
        _answer = answer;
        Host = new AsterisellHost { Name = "fake", Endpoint = endpoint };
        _accepting = Task.Run(AcceptAsync);
    }

    public AsterisellHost Host { get; }

    /// <summary>Requests seen, first lines.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Connections accepted.</summary>
    public int Connections { get; private set; }

    /// <summary>Short limits, so that a test of a silent engine is quick.</summary>
    public static DockerLimits Limits { get; } = new()
    {
        Connect = TimeSpan.FromSeconds(1),
        QuickAnswer = TimeSpan.FromSeconds(1),
        SlowAnswer = TimeSpan.FromSeconds(1),
        AnswerBytes = 4 * 1024 * 1024,
    };

    /// <summary>An engine on a unix socket; its ping is right, the rest is the test's.</summary>
    public static FakeEngine Start(Func<FakeExchange, Task> answer) => StartRaw(PingFirst(answer));

    /// <summary>An engine whose ping too is the test's.</summary>
    public static FakeEngine StartRaw(Func<FakeExchange, Task> answer)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fake-{Guid.NewGuid():N}.sock");
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(100);
        return new FakeEngine(listener, new Uri("unix://" + path), path, answer);
    }

    /// <summary>The same on a TCP port of this machine.</summary>
    public static FakeEngine StartTcp(Func<FakeExchange, Task> answer, Func<Stream, Task<Stream>>? secure = null)
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(100);
        return new FakeEngine(listener, new Uri($"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"), null, PingFirst(answer), secure);
    }

    /// <summary>Always the same bytes, then the connection is closed.</summary>
    public static FakeEngine StartWith(string answer) => Start(exchange => exchange.SendAndCloseAsync(answer));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        if (_path is not null)
        {
            File.Delete(_path);
        }

        _end.Dispose();
    }

    private static Func<FakeExchange, Task> PingFirst(Func<FakeExchange, Task> answer) =>
        exchange => exchange.FirstLine.Contains("/_ping", StringComparison.Ordinal) ? exchange.SendAsync(Ping) : answer(exchange);

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_end.Token);
                Connections++;
                _ = ServeAsync(socket);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using NetworkStream network = new(socket, ownsSocket: true);
        try
        {
            await using Stream stream = await _secure(network);
            while (!_end.IsCancellationRequested)
            {
                FakeExchange? exchange = await FakeExchange.ReadAsync(stream, _end.Token);
                if (exchange is null)
                {
                    return;
                }

                Requests.Enqueue(exchange.FirstLine);
                await _answer(exchange);
                if (exchange.IsClosed)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client has had enough, or the test is over.
        }
    }
}
