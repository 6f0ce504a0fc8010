using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>A file of a snapshot while it is written: counted and hashed as it passes.</summary>
internal sealed class SnapshotFile : ForwardWriter
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

    public override long Length => _length;

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
