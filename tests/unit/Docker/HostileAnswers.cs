using System.Text;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>Answers that no honest engine gives.</summary>
internal static class HostileAnswers
{
    private const string Json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(100);

    /// <summary>By name; each is sent in answer to anything but the ping.</summary>
    public static IReadOnlyDictionary<string, Func<FakeExchange, Task>> All { get; } = new Dictionary<string, Func<FakeExchange, Task>>
    {
        ["nothing, closed at once"] = e => e.SendAndCloseAsync(""),
        ["nothing, never closed"] = e => Task.Delay(Timeout.Infinite, e.End),
        ["no http"] = e => e.SendAndCloseAsync("SSH-2.0-OpenSSH_9.2p1 Debian\r\n"),
        ["binary"] = e => e.SendAndCloseAsync("\0\x01\xff\xfe\x80 \r\n\r\n\0\0"),
        ["endless status line"] = e => e.SendForeverAsync(new string('A', 8192)),
        ["endless headers"] = async e =>
        {
            await e.SendAsync("HTTP/1.1 200 OK\r\n");
            await e.SendForeverAsync("X-More: and more and more and more and more\r\n");
        },
        ["one endless header"] = async e =>
        {
            await e.SendAsync("HTTP/1.1 200 OK\r\nX-Long: ");
            await e.SendForeverAsync(new string('x', 8192));
        },
        ["endless 100 continue"] = e => e.SendForeverAsync("HTTP/1.1 100 Continue\r\n\r\n"),
        ["endless chunk"] = async e =>
        {
            await e.SendAsync(Json + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n\"");
            await e.SendForeverAsync(new string('x', 65536));
        },
        ["endless array"] = async e =>
        {
            await e.SendAsync(Json + "\r\n[");
            await e.SendForeverAsync("{},");
        },
        ["endless whitespace"] = async e =>
        {
            await e.SendAsync(Json + "\r\n");
            await e.SendForeverAsync(new string(' ', 65536));
        },
        ["deep array"] = e => e.SendAndCloseAsync(Json + "\r\n" + new string('[', 100_000)),
        ["chunk of no size"] = e => e.SendAndCloseAsync(Json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        ["chunk of negative size"] = e => e.SendAndCloseAsync(Json + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n"),
        ["chunk longer than said"] = e => e.SendAndCloseAsync(Json + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\"a\":1}\r\n0\r\n\r\n"),
        ["chunks without end"] = e => e.SendAndCloseAsync(Json + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"),
        ["length too long"] = e => e.SendAndCloseAsync(Json + "Content-Length: 1000\r\n\r\n{}"),
        ["length too short"] = e => e.SendAndCloseAsync(Json + "Content-Length: 1\r\n\r\n{\"Id\":\"a\"}"),
        ["length of letters"] = e => e.SendAndCloseAsync(Json + "Content-Length: many\r\n\r\n{}"),
        ["two lengths"] = e => e.SendAndCloseAsync(Json + "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}"),
        ["length beyond 64 bits"] = e => e.SendAndCloseAsync(Json + "Content-Length: 99999999999999999999\r\n\r\n{}"),
        ["half json"] = e => e.SendAndCloseAsync(Json + "Content-Length: 8\r\n\r\n{\"Id\":\"a"),
        ["null json"] = e => e.SendAndCloseAsync(Json + "Content-Length: 4\r\n\r\nnull"),
        ["json of another form"] = e => e.SendAndCloseAsync(Json + "Content-Length: 15\r\n\r\n{\"Id\":[\"a\",{}]}"),
        ["json of wrong letters"] = e => e.SendAndCloseAsync(Json + "Content-Length: 10\r\n\r\n{\"Id\":\"\xff\"}"),
        ["empty success"] = e => e.SendAndCloseAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ["no content"] = e => e.SendAndCloseAsync("HTTP/1.1 204 No Content\r\n\r\n"),
        ["unasked upgrade"] = e => e.SendAndCloseAsync("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n{}garbage"),
        ["redirect to a file"] = e => e.SendAndCloseAsync("HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
        ["status 999"] = e => e.SendAndCloseAsync("HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}"),
        ["a proxy's page"] = e => e.SendAndCloseAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n<h1>502 Bad Gateway</h1>"),
        ["endless error"] = async e =>
        {
            await e.SendAsync("HTTP/1.1 500 Oops\r\n\r\n");
            await e.SendForeverAsync(new string('e', 65536));
        },
        ["error with control characters"] = e => e.SendAndCloseAsync("HTTP/1.1 500 Oops\r\nContent-Length: 35\r\n\r\n{\"message\":\"\\u001b[2J\\nat\\n   at x\"}"),
        ["slow status line"] = e => e.DripAsync("HTTP/1.1 200 ", Drip),
        ["slow body"] = async e =>
        {
            await e.SendAsync(Json + "\r\n{");
            await e.DripAsync(" ", Drip);
        },
    };

    /// <summary>What may follow an upgrade to a raw stream; each ends the connection.</summary>
    public static IReadOnlyDictionary<string, byte[]> Frames { get; } = new Dictionary<string, byte[]>
    {
        ["unknown stream"] = [9, 0, 0, 0, 0, 0, 0, 1, 65],
        ["padding that is none"] = [1, 7, 0, 0, 0, 0, 0, 1, 65],
        ["a frame of 4 GB"] = [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 65],
        ["a frame cut short"] = [1, 0, 0, 0, 0, 0, 0, 9, 65],
        ["a header cut short"] = [1, 0, 0],
        ["text instead of frames"] = Encoding.ASCII.GetBytes("Hello, I am no frame at all"),
        ["the engine's own complaint"] = [3, 0, 0, 0, 0, 0, 0, 4, 66, 65, 68, 33],
        ["the engine's endless complaint"] = [3, 0, 0, 0, 3, 0, 0, 0, 66, 65, 68, 33],
    };
}
