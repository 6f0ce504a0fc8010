using System.Text;
using Asterisell.Engine.Instances.Logs;

namespace Asterisell.Tests.Unit.Logs;

public class LogTextTests
{
    [Theory]
    [InlineData("plain\ttext è 😀", "plain\ttext è 😀")]
    [InlineData("end\r", "end")]
    [InlineData("red \u001b[31m\u0000\u0007", @"red \x1b[31m\x00\x07")]
    [InlineData("c1 \u009b31m", @"c1 \xc2\x9b31m")]
    public void Shows_what_is_harmless_and_names_the_rest(string line, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Assert.Equal(expected, LogText.Of(bytes, bytes.Length));
    }

    [Fact]
    public void Shows_bytes_that_are_no_utf8() => Assert.Equal(@"a\xffb\xc3", LogText.Of([(byte)'a', 0xff, (byte)'b', 0xc3], 4));

    [Fact]
    public void Lines_are_the_same_however_their_bytes_arrive()
    {
        var random = new Random(4711);
        byte[] bytes = new byte[20_000];
        random.NextBytes(bytes);
        for (int i = 0; i < bytes.Length; i += random.Next(1, 200))
        {
            bytes[i] = (byte)'\n';
        }

        List<string> whole = Cut([bytes]);
        Assert.Equal(bytes.Count(one => one == '\n') + (bytes[^1] == '\n' ? 0 : 1), whole.Count);
        for (int round = 0; round < 20; round++)
        {
            List<byte[]> pieces = [];
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(random.Next(1, 3000), bytes.Length - at);
                pieces.Add(bytes[at..(at + length)]);
                at += length;
            }

            Assert.Equal(whole, Cut(pieces));
        }
    }

    [Fact]
    public void A_line_of_a_megabyte_is_cut_and_says_so()
    {
        byte[] line = [.. Enumerable.Repeat((byte)'x', 1024 * 1024), (byte)'\n', (byte)'y', (byte)'\n'];
        List<string> lines = Cut([line]);
        Assert.Equal(new string('x', LogText.KeptBytes) + "… [cut: this line has 1048576 bytes]", lines[0]);
        Assert.Equal("y", lines[1]);
    }

    private static List<string> Cut(IEnumerable<byte[]> pieces)
    {
        List<string> lines = [];
        var cutter = new LineCutter(LogText.KeptBytes);
        foreach (byte[] piece in pieces)
        {
            cutter.Add(piece, (line, length) => lines.Add(LogText.Of(line, length)));
        }

        cutter.Flush((line, length) => lines.Add(LogText.Of(line, length)));
        return lines;
    }
}
