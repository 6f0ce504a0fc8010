using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>A file of a snapshot while it is written: counted and hashed as it passes.</summary>
internal sealed class SnapshotFile : Stream
{
    private readonly FileStream _file;
    private readonly string _target;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public SnapshotFile(string fullPath, string path, string target, bool replace)
    {
        Path = path;
        _target = target;
        FullPath = fullPath;
        try
        {
            if (replace)
            {
                // Never opened for writing: its bytes may be those of an earlier snapshot too.
                File.Delete(fullPath);
            }

            _file = PrivateFiles.Create(fullPath, FileMode.CreateNew);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _hash.Dispose();
            throw BackupErrors.ForTarget(target, fullPath, failure);
        }
    }

    /// <summary>Relative path in the snapshot.</summary>
    public string Path { get; }

    public string FullPath { get; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>SHA-256 of what was written, in lower case hexadecimal.</summary>
    /// <param name="flush">True to have it on the disk before this returns; many small files are flushed together later.</param>
    public string Complete(bool flush)
    {
        try
        {
            if (flush)
            {
                _file.Flush(flushToDisk: true);
            }

            _file.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(_target, FullPath, failure);
        }

        return Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>Writes; the system's cache takes it, mostly faster than another thread would be found to wait for it.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(_target, FullPath, failure);
        }

        _hash.AppendData(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
