using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Bytes as a string and back, without loss: UTF-8, and each byte that is no part of valid UTF-8 becomes a lone surrogate U+DC80…U+DCFF
/// (as Python's <c>surrogateescape</c> does). File names and database cells may hold any byte.
/// </summary>
public static class ByteText
{
    private const int Escape = 0xDC00;

    /// <summary>Bytes as a string; never fails.</summary>
    /// <param name="bytes">Any bytes.</param>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            Span<char> text = rented;
            int written = 0;
            while (!bytes.IsEmpty)
            {
                System.Buffers.OperationStatus status = Utf8.ToUtf16(bytes, text[written..], out int read, out int made, replaceInvalidSequences: false);
                written += made;
                bytes = bytes[read..];
                if (status == System.Buffers.OperationStatus.Done)
                {
                    break;
                }

                text[written++] = (char)(Escape + bytes[0]);
                bytes = bytes[1..];
            }

            return new string(text[..written]);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>The bytes that <see cref="Decode"/> made the string of; an ordinary string gives its UTF-8.</summary>
    /// <param name="text">A string.</param>
    /// <exception cref="ArgumentException">A lone surrogate that stands for no byte.</exception>
    public static byte[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int written = 0;
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            Utf8.FromUtf16(rest, bytes.AsSpan(written), out int read, out int made, replaceInvalidSequences: false);
            written += made;
            rest = rest[read..];
            if (rest.IsEmpty)
            {
                break;
            }

            int value = rest[0] - Escape;
            if (value is < 0x80 or > 0xFF)
            {
                throw new ArgumentException($"The text holds the lone surrogate U+{(int)rest[0]:X4}, which stands for no byte.", nameof(text));
            }

            bytes[written++] = (byte)value;
            rest = rest[1..];
        }

        return bytes[..written];
    }
}
