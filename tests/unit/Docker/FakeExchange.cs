using System.Globalization;
using System.Text;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>One request that a <see cref="FakeEngine"/> was sent, and the connection to answer on.</summary>
internal sealed class FakeExchange
{
    private readonly Stream _stream;

    private FakeExchange(Stream stream, string head, byte[] body, CancellationToken end)
    {
        _stream = stream;
        Head = head;
        FirstLine = head[..head.IndexOf('\r', StringComparison.Ordinal)];
        Body = body;
        End = end;
    }

    public string Head { get; }

    public string FirstLine { get; }

    public byte[] Body { get; }

    /// <summary>When the test is over.</summary>
    public CancellationToken End { get; }

    public bool IsClosed { get; private set; }

    /// <summary>Reads a request with its body, when that has a length; null at the end of the connection.</summary>
    public static async Task<FakeExchange?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || head[^1] != '\n' || head[^3] != '\n')
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        string text = Encoding.ASCII.GetString([.. head]);
        const string Length = "Content-Length: ";
        int at = text.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        byte[] body = at < 0 ? [] : new byte[int.Parse(text[(at + Length.Length)..].Split('\r')[0], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellation);
        return new FakeExchange(stream, text, body, cancellation);
    }

    public Task SendAsync(string answer) => SendAsync(Encoding.Latin1.GetBytes(answer));

    public async Task SendAsync(ReadOnlyMemory<byte> answer) => await _stream.WriteAsync(answer, End);

    public Task SendAndCloseAsync(string answer) => SendAndCloseAsync(Encoding.Latin1.GetBytes(answer));

    public async Task SendAndCloseAsync(ReadOnlyMemory<byte> answer)
    {
        await SendAsync(answer);
        Close();
    }

    /// <summary>Reads what the client sends after its request, to the end of its sending side; how much it was.</summary>
    public async Task<long> ReadToEndAsync()
    {
        byte[] buffer = new byte[65536];
        long total = 0;
        int read;
        while ((read = await _stream.ReadAsync(buffer, End)) > 0)
        {
            total += read;
        }

        return total;
    }

    public void Close()
    {
        IsClosed = true;
        _stream.Close();
    }

    /// <summary>Sends the same again and again until the client has had enough.</summary>
    public async Task SendForeverAsync(string answer)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(answer);
        while (true)
        {
            await SendAsync(bytes);
        }
    }

    /// <summary>Sends byte by byte, slowly and without end.</summary>
    public async Task DripAsync(string answer, TimeSpan pause)
    {
        for (int i = 0; ; i = (i + 1) % answer.Length)
        {
            await SendAsync(answer[i..(i + 1)]);
            await Task.Delay(pause, End);
        }
    }
}
