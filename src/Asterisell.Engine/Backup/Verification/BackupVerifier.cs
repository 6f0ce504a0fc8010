using System.Buffers;
using System.Diagnostics;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup;

/// <summary>Tests backups from their files alone.</summary>
public sealed class BackupVerifier(TimeProvider clock)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Tests one backup and keeps the verdict beside it.</summary>
    /// <param name="backup">From the list, or fresh from the backup.</param>
    /// <param name="level">How deep; not <see cref="BackupTestLevel.Restore"/>.</param>
    /// <param name="progress">Told how much is read; null for nobody.</param>
    /// <param name="cancellation">Ends the test; no verdict is kept then.</param>
    /// <exception cref="AsterisellException"><c>BackupBeingRemoved</c>.</exception>
    public async Task<BackupVerdict> TestAsync(
        AsterisellBackup backup, BackupTestLevel level, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        if (level > BackupTestLevel.Content)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Files alone prove no restore: that is a drill's work (RestoreDrill).");
        }

        using SnapshotUse use = SnapshotUse.Begin(backup);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        Run run = new(backup, level, progress);
        try
        {
            await run.TestAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            run.Findings.Fail(string.Empty, $"the snapshot can't be read: {failure.Message.TrimEnd('.')}");
        }

        BackupVerdict verdict = new(
            backup.Name, backup.HostName, backup.SnapshotId, backup.Path, level, run.Findings.FailureCount == 0,
            begin, Stopwatch.GetElapsedTime(started), run.BytesRead, run.Findings.ToList());
        await KeepAsync(verdict, run, cancellation).ConfigureAwait(false);
        return verdict;
    }

    private static async Task KeepAsync(BackupVerdict verdict, Run run, CancellationToken cancellation)
    {
        string? folder = Path.GetDirectoryName(verdict.Path);
        if (folder is not null && run.ManifestSha256.Length > 0 && SnapshotId.TryParse(verdict.SnapshotId, out SnapshotId id))
        {
            StoredVerdict stored = new(
                verdict.SnapshotId, run.ManifestSha256, verdict.Level, verdict.Passed, verdict.TestedAt, run.Findings.FailureCount);
            _ = await VerdictStore.TryKeepAsync(folder, id, stored, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>One test.</summary>
    private sealed class Run(AsterisellBackup backup, BackupTestLevel level, IOperationProgress? progress)
    {
        private readonly List<DumpSummary> _pieces = [];
        private readonly Dictionary<string, ManifestPiece> _expected = new(StringComparer.Ordinal);

        public FindingList Findings { get; } = new();

        public long BytesRead { get; private set; }

        public string ManifestSha256 { get; private set; } = string.Empty;

        public async Task TestAsync(CancellationToken cancellation)
        {
            if (backup.State == BackupState.Failed)
            {
                Findings.Fail(string.Empty, $"this backup was not made: {backup.Reason}");
                return;
            }

            if (!Directory.Exists(backup.Path))
            {
                Findings.Fail(string.Empty, "the snapshot is gone");
                return;
            }

            ManifestReading reading = await ManifestFile.ReadAsync(backup.Path, cancellation).ConfigureAwait(false);
            if (reading.Manifest is not { } manifest)
            {
                Findings.Add(reading.Damage!);
                return;
            }

            (ManifestSha256, BytesRead) = (reading.Sha256, reading.SizeBytes);
            if (ManifestRules.WhyMisplaced(manifest, backup.HostName, backup.Name, Path.GetFileName(backup.Path)) is { } misplaced)
            {
                Findings.Add(misplaced);
            }

            ManifestRules.Check(manifest, Findings);
            foreach (ManifestPiece piece in manifest.Database.Pieces)
            {
                _expected[piece.Path] = piece;
            }

            await TestFilesAsync(manifest, cancellation).ConfigureAwait(false);
        }

        private async Task TestFilesAsync(SnapshotManifest manifest, CancellationToken cancellation)
        {
            FileInfo listing = new(Path.Combine(backup.Path, SnapshotLayout.Listing));
            if (!listing.Exists || listing.LinkTarget is not null)
            {
                Findings.Fail(SnapshotLayout.Listing, "the listing of all files is missing");
                return;
            }

            TreeCheck tree = new(backup.Path, Findings);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            HashingReader reader = new(listing.FullName);
            await using (reader.ConfigureAwait(false))
            {
                try
                {
                    await foreach (SnapshotEntry entry in FileListing.ReadAsync(reader, cancellation).ConfigureAwait(false))
                    {
                        TestEntry(entry);
                        if (tree.Check(entry) && level >= BackupTestLevel.Content)
                        {
                            await TestContentAsync(entry, manifest, buffer, cancellation).ConfigureAwait(false);
                        }
                    }

                    tree.Complete(manifest.Listing);
                }
                catch (InvalidDataException broken)
                {
                    Findings.Fail(SnapshotLayout.Listing, broken.Message);
                }

                string sha256 = await reader.FinishAsync(buffer, cancellation).ConfigureAwait(false);
                BytesRead += reader.Position;
                CompareHash(SnapshotLayout.Listing, manifest.Listing.Sha256, sha256);
            }

            ArrayPool<byte>.Shared.Return(buffer);
            TestPieces(manifest, tree);
        }

        /// <summary>A piece has the same size and content in manifest and listing: another backup shares it by what the manifest says.</summary>
        private void TestEntry(SnapshotEntry entry)
        {
            if (_expected.TryGetValue(entry.Path, out ManifestPiece? piece) && (piece.Sha256 != entry.Sha256 || piece.SizeBytes != entry.Size))
            {
                Findings.Fail(entry.Path, "manifest and listing do not agree on it", piece.Sha256, entry.Sha256);
            }
        }

        private void TestPieces(SnapshotManifest manifest, TreeCheck tree)
        {
            foreach (string path in manifest.Repository is null ? manifest.Database.Pieces.Select(piece => piece.Path).Append(SnapshotLayout.Accounts) : [])
            {
                if (!tree.IsListed(path))
                {
                    Findings.Fail(path, "it is not in the listing");
                }
            }

            if (level >= BackupTestLevel.Content)
            {
                DumpCheck.CompareObjects(_pieces, manifest.Database, Findings);
            }
        }

        private async Task TestContentAsync(SnapshotEntry entry, SnapshotManifest manifest, byte[] buffer, CancellationToken cancellation)
        {
            progress?.Report("reading the snapshot", (int)Math.Min(100, BytesRead * 100 / Math.Max(1, manifest.Listing.FilesSizeBytes)));
            HashingReader reader = new(SnapshotPath.Combine(backup.Path, entry.Path));
            await using (reader.ConfigureAwait(false))
            {
                if (_expected.TryGetValue(entry.Path, out ManifestPiece? piece)
                    && await DumpCheck.ReadAsync(reader, entry.Path, buffer, Findings, cancellation).ConfigureAwait(false) is { } dump)
                {
                    DumpCheck.Compare(dump, piece, Findings);
                    _pieces.Add(dump);
                }

                string sha256 = await reader.FinishAsync(buffer, cancellation).ConfigureAwait(false);
                BytesRead += reader.Position;
                CompareHash(entry.Path, entry.Sha256, sha256);
            }
        }

        private void CompareHash(string path, string? expected, string actual)
        {
            if (expected != actual)
            {
                Findings.Fail(path, "its content is not what was written (SHA-256)", expected, actual);
            }
        }
    }
}
