using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>The listing: one JSON object a line, so that a hundred thousand files are written and read one by one.</summary>
internal static class FileListing
{
    /// <summary>A longer line is no listing of ours: paths end at some thousand bytes.</summary>
    public const int LongestLine = 256 * 1024;

    /// <summary>One line, its end included.</summary>
    public static byte[] ToLine(SnapshotEntry entry)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entry, BackupJson.Compact.SnapshotEntry);
        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        return json;
    }

    /// <summary>The entries of a listing, in its order.</summary>
    /// <exception cref="InvalidDataException">A line is not an entry; the message says which line.</exception>
    public static async IAsyncEnumerable<SnapshotEntry> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long number = 0;
        await foreach (ReadOnlyMemory<byte> line in ReadLinesAsync(stream, cancellation).ConfigureAwait(false))
        {
            yield return Parse(line.Span[..^1], ++number);
        }
    }

    /// <summary>The lines of a listing with their ends; each is valid until the next is asked for.</summary>
    /// <exception cref="InvalidDataException">A line has no end; the message says which.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        long line = 0;
        while (true)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false);
            filled += read;
            int start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and int end)
            {
                line++;
                yield return buffer.AsMemory(start, end + 1);
                start += end + 1;
            }

            filled -= start;
            if (filled >= LongestLine || (read == 0 && filled > 0))
            {
                throw new InvalidDataException($"line {line + 1} has no end");
            }

            if (read == 0)
            {
                yield break;
            }

            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, LongestLine));
            }
        }
    }

    /// <summary>The entry of a line without its end.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static SnapshotEntry Parse(ReadOnlySpan<byte> text, long line)
    {
        try
        {
            SnapshotEntry? entry = JsonSerializer.Deserialize(text, BackupJson.Compact.SnapshotEntry);
            return entry is { Path: not null, Size: >= 0 } ? entry : throw new InvalidDataException($"line {line} is not an entry");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"line {line} is not an entry");
        }
    }
}
