namespace Asterisell.Engine.Backup.Transfer.OpenPgp;

/// <summary>Reads packets of OpenPGP from a stream that can't go back: tag, then the body, whose length may come in pieces.</summary>
/// <param name="read">Gives the next bytes of the stream; 0 at its end.</param>
internal sealed class PacketReader(Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
{
    private readonly byte[] _one = new byte[1];
    private long _left;
    private bool _more;

    /// <summary>The tag of the next packet; -1 at the end of the stream. What was not read of the one before is skipped.</summary>
    /// <exception cref="InvalidDataException">It is no packet.</exception>
    public async ValueTask<int> NextAsync(CancellationToken cancellation)
    {
        byte[] rest = new byte[4096];
        while (await ReadAsync(rest, cancellation).ConfigureAwait(false) > 0)
        {
        }

        if (await read(_one, cancellation).ConfigureAwait(false) == 0)
        {
            return -1;
        }

        int head = _one[0];
        if ((head & 0x80) == 0)
        {
            throw new InvalidDataException("it is no message of OpenPGP");
        }

        if ((head & 0x40) != 0)
        {
            await ReadLengthAsync(cancellation).ConfigureAwait(false);
            return head & 0x3F;
        }

        _left = (head & 3) switch
        {
            0 => await NumberAsync(1, cancellation).ConfigureAwait(false),
            1 => await NumberAsync(2, cancellation).ConfigureAwait(false),
            2 => await NumberAsync(4, cancellation).ConfigureAwait(false),
            _ => throw new InvalidDataException("a packet has no length"),
        };
        _more = false;
        return (head >> 2) & 15;
    }

    /// <summary>The next bytes of the body; 0 at its end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (_left == 0)
        {
            if (!_more)
            {
                return 0;
            }

            await ReadLengthAsync(cancellation).ConfigureAwait(false);
        }

        int got = await read(buffer[..(int)Math.Min(buffer.Length, _left)], cancellation).ConfigureAwait(false);
        _left -= got;
        return got > 0 ? got : throw Cut();
    }

    /// <summary>Exactly so many bytes of the body.</summary>
    public async ValueTask<byte[]> TakeAsync(int count, CancellationToken cancellation)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int got = await ReadAsync(bytes.AsMemory(at), cancellation).ConfigureAwait(false);
            at += got > 0 ? got : throw new InvalidDataException("a packet is too short");
        }

        return bytes;
    }

    private async ValueTask ReadLengthAsync(CancellationToken cancellation)
    {
        long first = await NumberAsync(1, cancellation).ConfigureAwait(false);
        _more = first is >= 224 and < 255;
        _left = first switch
        {
            < 192 => first,
            < 224 => ((first - 192) << 8) + await NumberAsync(1, cancellation).ConfigureAwait(false) + 192,
            < 255 => 1L << (int)(first & 31),
            _ => await NumberAsync(4, cancellation).ConfigureAwait(false),
        };
    }

    private async ValueTask<long> NumberAsync(int bytes, CancellationToken cancellation)
    {
        long number = 0;
        for (int i = 0; i < bytes; i++)
        {
            if (await read(_one, cancellation).ConfigureAwait(false) == 0)
            {
                throw Cut();
            }

            number = (number << 8) | _one[0];
        }

        return number;
    }

    private static InvalidDataException Cut() => new("it ends before its end");
}
