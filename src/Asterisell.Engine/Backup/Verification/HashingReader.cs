using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Verification;

/// <summary>A file that is hashed and counted while somebody else reads it.</summary>
/// <remarks>It is read in place: a thread of the pool found for every piece costs more than the piece.</remarks>
internal sealed class HashingReader(string path) : ForwardStream
{
    private const int BufferSize = 256 * 1024;

    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    /// <summary>Bytes read so far.</summary>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is left, so that the hash is the whole file's.</summary>
    /// <returns>SHA-256 in lower case hexadecimal.</returns>
    public async Task<string> FinishAsync(byte[] buffer, CancellationToken cancellation)
    {
        while (await ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
        {
        }

        return Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _file.Read(buffer);
        _hash.AppendData(buffer[..read]);
        _read += read;
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
