using System.IO.Compression;
using System.Security.Cryptography;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>Base64 of a zlib stream, as the application keeps its undo points, read as a stream.</summary>
/// <remarks>Whoever can write to the table could store a few kilobytes that unpack to terabytes; more than a limit is refused.</remarks>
internal static class UndoBlob
{
    /// <summary>A hundred thousand extensions are some 30 MB.</summary>
    public const long MostBytes = 512L * 1024 * 1024;

    /// <summary>The text in it. <see cref="InvalidDataException"/>, while it is read, where it is none or too much.</summary>
    /// <param name="cell">As the database has it.</param>
    /// <param name="limit">Most bytes of text.</param>
    public static Stream Open(string cell, long limit = MostBytes)
    {
        // Base64 is ASCII; anything else in the cell is damage, which the decoder finds.
        var bytes = new MemoryStream(ByteText.Encode(cell), writable: false);
        var binary = new CryptoStream(bytes, new FromBase64Transform(FromBase64TransformMode.IgnoreWhiteSpaces), CryptoStreamMode.Read);
        return new BoundedStream(new ZLibStream(binary, CompressionMode.Decompress), limit);
    }

    /// <summary>Says <see cref="InvalidDataException"/> for every way in which the content can be broken.</summary>
    private sealed class BoundedStream(Stream inner, long limit) : ForwardStream
    {
        private long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read;
            try
            {
                read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (FormatException)
            {
                throw new InvalidDataException("it is not base64");
            }
            catch (InvalidDataException)
            {
                throw new InvalidDataException("it is not a zlib stream, or a damaged one");
            }

            _read += read;
            return _read <= limit ? read : throw new InvalidDataException($"it unpacks to more than {limit / (1024 * 1024)} MiB");
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
