
namespace Asterisell.Engine.Backup.Tree;

/// <summary>
/// Reads a tar from a stream that can't go back: entries with exact names, bounded memory, and the end marker required, so that a stream that
/// broke between two entries is not taken for a whole one.
/// </summary>
/// <remarks>
/// System.Formats.Tar turns names into text (two names that are not UTF-8 can become one) and takes a missing end for an end. Formats: ustar,
/// GNU with long names, pax. Anything else is refused by name.
/// </remarks>
internal sealed class TarReader(Stream source)
{
    /// <summary>Far above the longest path of Linux (4096 bytes).</summary>
    private const int LongestExtension = 64 * 1024;

    private readonly byte[] _header = new byte[TarHeader.BlockSize];
    private long _left;
    private int _padding;

    /// <summary>The next entry; null after the end marker. What was not read of the one before is skipped.</summary>
    /// <exception cref="InvalidDataException">It is not a sound tar; the message says why.</exception>
    public async Task<TarEntry?> NextAsync(CancellationToken cancellation)
    {
        await SkipContentAsync(cancellation).ConfigureAwait(false);
        TarExtensions extensions = new();
        while (true)
        {
            await ReadHeaderAsync(cancellation).ConfigureAwait(false);
            if (IsZero)
            {
                await ReadHeaderAsync(cancellation).ConfigureAwait(false);
                if (!IsZero)
                {
                    throw new InvalidDataException("the end marker is followed by more entries");
                }

                await DrainAsync(cancellation).ConfigureAwait(false);
                return null;
            }

            if (!TarHeader.HasGoodChecksum(_header))
            {
                throw new InvalidDataException("the checksum of a header is wrong");
            }

            long size = Number(124, 12, "size");
            byte type = _header[156];
            if (type is (byte)'L' or (byte)'K' or (byte)'x' or (byte)'g')
            {
                extensions.Add(type, await ReadExtensionAsync(size, cancellation).ConfigureAwait(false));
                continue;
            }

            return Begin(type, size, extensions);
        }
    }

    /// <summary>Content of the entry that was given last; 0 at its end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_left == 0)
        {
            return 0;
        }

        int read = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellation).ConfigureAwait(false);
        if (read == 0)
        {
            throw new InvalidDataException("it ends in the middle of a file");
        }

        _left -= read;
        return read;
    }

    private bool IsZero => !_header.AsSpan().ContainsAnyExcept((byte)0);

    private TarEntry Begin(byte type, long headerSize, TarExtensions extensions)
    {
        TarEntryKind kind = type switch
        {
            (byte)'0' or 0 or (byte)'7' => TarEntryKind.File,
            (byte)'1' => TarEntryKind.HardLink,
            (byte)'2' => TarEntryKind.SymbolicLink,
            (byte)'3' or (byte)'4' or (byte)'6' => TarEntryKind.Special,
            (byte)'5' => TarEntryKind.Directory,
            _ => throw new InvalidDataException($"it has an entry of the unknown type {type}"),
        };
        long size = kind == TarEntryKind.File ? extensions.Size ?? headerSize : 0;
        if (size < 0 || (kind != TarEntryKind.File && headerSize != 0 && type != '5'))
        {
            throw new InvalidDataException("an entry has an impossible size");
        }

        byte[] name = extensions.Name ?? TarHeader.Name(_header);
        if (name.Length == 0)
        {
            throw new InvalidDataException("an entry has no name");
        }

        (_left, _padding) = (size, Padding(size));
        return new TarEntry
        {
            Name = name,
            Kind = kind,
            Size = size,
            Mode = (int)(Number(100, 8, "mode") & 0xFFF),
            UserId = extensions.UserId ?? Number(108, 8, "owner"),
            GroupId = extensions.GroupId ?? Number(116, 8, "group"),
            Owner = extensions.Owner ?? TarHeader.String(_header.AsSpan(265, 32)),
            Group = extensions.Group ?? TarHeader.String(_header.AsSpan(297, 32)),
            ModifiedAt = TarHeader.Time(extensions.ModifiedAt ?? Number(136, 12, "time")),
            LinkName = extensions.LinkName ?? TarHeader.Text(_header.AsSpan(157, 100)).ToArray(),
        };
    }

    private long Number(int offset, int length, string what) =>
        TarHeader.TryNumber(_header.AsSpan(offset, length), out long value)
            ? value
            : throw new InvalidDataException($"the {what} of an entry is not a number");

    private async Task ReadHeaderAsync(CancellationToken cancellation)
    {
        int read = await source.ReadAtLeastAsync(_header, _header.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read < _header.Length)
        {
            throw new InvalidDataException("it ends before its end marker");
        }
    }

    private async Task<byte[]> ReadExtensionAsync(long size, CancellationToken cancellation)
    {
        if (size is < 0 or > LongestExtension)
        {
            throw new InvalidDataException("the extended header of an entry is too long");
        }

        byte[] content = new byte[size + Padding(size)];
        int read = await source.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return read == content.Length ? content[..(int)size] : throw new InvalidDataException("it ends in an extended header");
    }

    private async Task SkipContentAsync(CancellationToken cancellation)
    {
        byte[] buffer = new byte[TarHeader.BlockSize];
        while (await ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
        {
        }

        if (_padding > 0)
        {
            int read = await source.ReadAtLeastAsync(buffer.AsMemory(0, _padding), _padding, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            if (read < _padding)
            {
                throw new InvalidDataException("it ends in the middle of a file");
            }

            _padding = 0;
        }
    }

    /// <summary>tar fills its last record with zeros; the program must get rid of them to end.</summary>
    private async Task DrainAsync(CancellationToken cancellation)
    {
        byte[] buffer = new byte[16 * 1024];
        while (await source.ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
        {
        }
    }

    private static int Padding(long size) => (int)((TarHeader.BlockSize - (size % TarHeader.BlockSize)) % TarHeader.BlockSize);
}
