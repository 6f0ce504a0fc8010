using System.Diagnostics.CodeAnalysis;

namespace Asterisell.Engine.Instances;

/// <summary>Cuts bytes that arrive in arbitrary pieces at a delimiter. Holds no more than the piece that is not yet complete.</summary>
/// <param name="delimiter">Ends each item.</param>
/// <param name="limitBytes">Longest item; more is refused, so that memory stays flat whatever the other side sends.</param>
internal sealed class DelimitedBytes(byte delimiter, int limitBytes = 256 * 1024 * 1024)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>Bytes after the last delimiter.</summary>
    public ReadOnlyMemory<byte> Rest => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Adds what arrived.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        int held = _end - _start;
        if (held + (long)bytes.Length > limitBytes)
        {
            throw new InvalidDataException($"An item is longer than {limitBytes} bytes.");
        }

        if (_end + bytes.Length > _buffer.Length)
        {
            byte[] target = held + bytes.Length > _buffer.Length ? new byte[Math.Max(_buffer.Length * 2, held + bytes.Length)] : _buffer;
            _buffer.AsSpan(_start, held).CopyTo(target);
            _searched -= _start;
            (_buffer, _start, _end) = (target, 0, held);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the next complete item, without its delimiter; valid until the next <see cref="Add"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out ReadOnlyMemory<byte>? item)
    {
        int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf(delimiter);
        if (length < 0)
        {
            _searched = _end;
            item = null;
            return false;
        }

        int at = _searched + length;
        item = _buffer.AsMemory(_start, at - _start);
        _start = _searched = at + 1;
        return true;
    }
}
