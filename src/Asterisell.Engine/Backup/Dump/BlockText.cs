namespace Asterisell.Engine.Backup.Dump;

/// <summary>The text of one file that a <see cref="BlockCompressor"/> writes.</summary>
internal sealed class BlockText(BlockCompressor compressor, Stream file) : IPieceText
{
    private byte[]? _block;
    private int _filled;

    /// <summary>Bytes of text so far.</summary>
    public long TextBytes { get; private set; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> text)
    {
        TextBytes += text.Length;
        while (!text.IsEmpty)
        {
            _block ??= compressor.Rent();
            int taken = Math.Min(text.Length, _block.Length - _filled);
            text[..taken].CopyTo(_block.AsSpan(_filled));
            _filled += taken;
            text = text[taken..];
            if (_filled == _block.Length)
            {
                Send(_block);
            }
        }
    }

    /// <summary>Sends what is left; the file has it when the compressor has completed.</summary>
    public void Complete()
    {
        if (_block is not null)
        {
            Send(_block);
        }
    }

    private void Send(byte[] block)
    {
        compressor.Send(file, block, _filled);
        (_block, _filled) = (null, 0);
    }
}
