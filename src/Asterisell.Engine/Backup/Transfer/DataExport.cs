using System.Security.Cryptography;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Transfer.OpenPgp;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Exports an instance, or a backup, into one file: whole or not at all.</summary>
public sealed class DataExport(TimeProvider clock)
{
    private const string PartialPrefix = ".partial-";

    /// <summary>Makes a snapshot of a running instance and exports it; the snapshot goes again.</summary>
    /// <param name="instance">Instance; it is only read.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it; nothing is left.</param>
    /// <exception cref="AsterisellException">See <see cref="TransferErrors"/>, and what a backup throws.</exception>
    public async Task<ExportResult> ExportAsync(IInstance instance, ExportOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        string target = instance.Definition.ToString();
        RequireFree(options, target);
        using WorkFolder work = WorkFolder.Create(options.Folder, target);
        AsterisellBackup backup = await new InstanceBackup(clock)
            .MakeAsync(instance, new BackupOptions(work.Path) { JobLimit = options.JobLimit }, progress, cancellation).ConfigureAwait(false);
        return await ExportAsync(backup, options, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Exports a backup that lies in a folder of this machine.</summary>
    /// <param name="backup">Backup; it is read whole first.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it; nothing is left.</param>
    public async Task<ExportResult> ExportAsync(AsterisellBackup backup, ExportOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        string target = $"{backup.HostName}/{backup.Name}";
        RequireFree(options, target);
        using SnapshotUse use = SnapshotUse.Begin(backup);
        await RequireSoundAsync(backup, target, clock, progress, cancellation).ConfigureAwait(false);
        string path = FileOf(backup, options);
        (string sha256, long size) = await WriteAsync(backup, path, options.Passphrase, target, progress, cancellation).ConfigureAwait(false);
        return new ExportResult(
            backup.Name, backup.HostName, "Export", OperationStatus.Succeeded, begin, clock.GetElapsedTime(started),
            $"Exported {backup.SnapshotId} into '{path}'.")
        {
            Path = path,
            SizeBytes = size,
            Sha256 = sha256,
            IsEncrypted = options.Passphrase is not null,
            SnapshotId = backup.SnapshotId,
            CreatedAt = backup.CreatedAt,
        };
    }

    private static string FileOf(AsterisellBackup backup, ExportOptions options)
    {
        string masked = options.IsMasked ? "-masked" : string.Empty;
        string encrypted = options.Passphrase is null ? string.Empty : ".gpg";
        string name = $"{backup.HostName}-{backup.Name}-{backup.SnapshotId}{masked}.tar{encrypted}";
        return Path.GetFullPath(Directory.Exists(options.Path) ? Path.Combine(options.Path, name) : options.Path);
    }

    /// <summary>Refuses a backup that is not as it was written.</summary>
    internal static async Task RequireSoundAsync(
        AsterisellBackup backup, string target, TimeProvider clock, IOperationProgress? progress, CancellationToken cancellation)
    {
        BackupVerdict verdict = await new BackupVerifier(clock).TestAsync(backup, BackupTestLevel.Content, progress, cancellation).ConfigureAwait(false);
        if (!verdict.Passed)
        {
            throw TransferErrors.ExportBackupDamaged(target, backup.Path, [.. verdict.Findings.Select(finding => finding.ToString())]);
        }
    }

    /// <summary>Refuses a file that is there.</summary>
    internal static void RequireFree(ExportOptions options, string target)
    {
        if (File.Exists(options.Path))
        {
            throw TransferErrors.ExportFileExists(target, options.Path);
        }
    }

    private static async Task<(string Sha256, long Size)> WriteAsync(
        AsterisellBackup backup, string path, Secret? passphrase, string target, IOperationProgress? progress, CancellationToken cancellation)
    {
        string partial = Path.Combine(Path.GetDirectoryName(path)!, $"{PartialPrefix}{Guid.NewGuid():N}-{Path.GetFileName(path)}");
        try
        {
            using HashedFile file = new(partial);
            using (OpenPgpWriter? encrypted = passphrase is null ? null : OpenPgpWriter.Begin(file, passphrase))
            {
                long all = Math.Max(1, backup.SizeBytes);
                long written = 0;
                await SnapshotArchive.WriteAsync(
                    backup, encrypted ?? (Stream)file,
                    bytes => progress?.Report("writing the file", (int)Math.Min(99, (written += bytes) * 100 / all)), cancellation).ConfigureAwait(false);
                encrypted?.Complete();
            }

            string sha256 = file.Complete();
            cancellation.ThrowIfCancellationRequested();
            File.Move(partial, path, overwrite: false);
            DurableStorage.FlushFolder(Path.GetDirectoryName(path)!);
            return (sha256, file.Length);
        }
        catch (InvalidDataException changed)
        {
            throw TransferErrors.ExportBackupDamaged(target, backup.Path, [changed.Message]);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw TransferErrors.ExportFileExists(target, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target, path, failure);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>A file that is hashed as it is written.</summary>
    private sealed class HashedFile(string path) : ForwardWriter
    {
        private readonly FileStream _file = PrivateFiles.Create(path, FileMode.CreateNew);
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public override long Length => _length;

        public string Complete()
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            return Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _file.Write(buffer);
            _hash.AppendData(buffer);
            _length += buffer.Length;
        }

        public override void Flush() => _file.Flush();

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
}
