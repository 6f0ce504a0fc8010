namespace Asterisell.Engine.Instances.Logs;

/// <summary>Takes a line.</summary>
/// <param name="line">Its first bytes, without the end of line.</param>
/// <param name="length">Its length, which may be more than was kept.</param>
internal delegate void LineHandler(ReadOnlySpan<byte> line, long length);

/// <summary>Cuts bytes that arrive in arbitrary pieces into lines, and keeps only the beginning of a very long one.</summary>
/// <param name="keepBytes">Bytes kept of a line.</param>
internal sealed class LineCutter(int keepBytes)
{
    private readonly List<byte> _kept = [];
    private long _length;

    /// <summary>Adds what arrived; each line that ends in it is handed on.</summary>
    public void Add(ReadOnlySpan<byte> bytes, LineHandler onLine)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
            Keep(part);
            if (end < 0)
            {
                return;
            }

            Flush(onLine, evenIfEmpty: true);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Hands on a last line that has no end.</summary>
    public void Flush(LineHandler onLine) => Flush(onLine, evenIfEmpty: false);

    private void Keep(ReadOnlySpan<byte> part)
    {
        _length += part.Length;
        int room = keepBytes - _kept.Count;
        _kept.AddRange(part.Length > room ? part[..room] : part);
    }

    private void Flush(LineHandler onLine, bool evenIfEmpty)
    {
        if (_length > 0 || evenIfEmpty)
        {
            onLine(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept), _length);
        }

        _kept.Clear();
        _length = 0;
    }
}
