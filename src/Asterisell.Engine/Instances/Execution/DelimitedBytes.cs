using System.Diagnostics.CodeAnalysis;

namespace Asterisell.Engine.Instances;

/// <summary>Cuts bytes that arrive in arbitrary pieces at a delimiter. Holds no more than the piece that is not yet complete.</summary>
/// <param name="delimiter">Ends each item.</param>
/// <param name="limitBytes">Longest item; more is refused, so that memory stays flat whatever the other side sends.</param>
internal sealed class DelimitedBytes(byte delimiter, int limitBytes = 256 * 1024 * 1024)
{
    private byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;
    private int searched;

    /// <summary>Bytes after the last delimiter.</summary>
    public ReadOnlyMemory<byte> Rest => buffer.AsMemory(start, end - start);

    /// <summary>Adds what arrived.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        int held = end - start;
        if (held + (long)bytes.Length > limitBytes)
        {
            throw new InvalidDataException($"An item is longer than {limitBytes} bytes.");
        }

        if (end + bytes.Length > buffer.Length)
        {
            byte[] target = held + bytes.Length > buffer.Length ? new byte[Math.Max(buffer.Length * 2, held + bytes.Length)] : buffer;
            buffer.AsSpan(start, held).CopyTo(target);
            searched -= start;
            (buffer, start, end) = (target, 0, held);
        }

        bytes.CopyTo(buffer.AsSpan(end));
        end += bytes.Length;
    }

    /// <summary>Takes the next complete item, without its delimiter; valid until the next <see cref="Add"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out ReadOnlyMemory<byte>? item)
    {
        int length = buffer.AsSpan(searched, end - searched).IndexOf(delimiter);
        if (length < 0)
        {
            searched = end;
            item = null;
            return false;
        }

        int at = searched + length;
        item = buffer.AsMemory(start, at - start);
        start = searched = at + 1;
        return true;
    }
}
