using System.Buffers.Binary;

namespace Asterisell.Engine.Backup.Transfer.OpenPgp;

/// <summary>Writes the body of a packet whose length is not known before: pieces of 64 kB, and a last one (RFC 4880, 4.2.2.4).</summary>
internal sealed class PartialBody(Action<ReadOnlyMemory<byte>> sink)
{
    private const int PowerOfTwo = 16;

    private readonly byte[] _piece = new byte[1 << PowerOfTwo];
    private int _filled;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_filled == _piece.Length)
            {
                sink(new byte[] { 0xE0 | PowerOfTwo });
                sink(_piece);
                _filled = 0;
            }

            int taken = Math.Min(bytes.Length, _piece.Length - _filled);
            bytes[..taken].CopyTo(_piece.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];
        }
    }

    public void Complete()
    {
        sink(Length(_filled));
        sink(_piece.AsMemory(0, _filled));
    }

    /// <summary>A length that is known.</summary>
    public static byte[] Length(int length)
    {
        if (length < 192)
        {
            return [(byte)length];
        }

        if (length < 8384)
        {
            return [(byte)(((length - 192) >> 8) + 192), (byte)(length - 192)];
        }

        byte[] five = new byte[5];
        five[0] = 0xFF;
        BinaryPrimitives.WriteInt32BigEndian(five.AsSpan(1), length);
        return five;
    }
}
