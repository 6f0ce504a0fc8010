using System.IO.Compression;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Reads a snapshot for a restore: its manifest, its database as texts, its files as one tar.</summary>
internal sealed class SnapshotSource : IRestoreSource
{
    private SnapshotSource(string folder, SnapshotManifest manifest) => (Folder, Manifest) = (folder, manifest);

    /// <summary>Folder of the snapshot.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public string Label => Folder;

    public SnapshotManifest Manifest { get; }

    /// <inheritdoc/>
    public ManifestInstance Origin => Manifest.Instance;

    /// <inheritdoc/>
    public string DatabaseName => Manifest.Database.Name;

    /// <inheritdoc/>
    public IReadOnlyList<ManifestSource> Directories => Manifest.Sources;

    /// <summary>Where the instance's own files lie in it.</summary>
    public string AdminDirectory => $"/var/www/{Manifest.Instance.Name}/admin";

    public string UserDirectory => $"/var/www/{Manifest.Instance.Name}/user";

    /// <summary>Opens a snapshot.</summary>
    /// <exception cref="AsterisellException"><c>RestoreBackupDamaged</c>: its manifest cannot be believed.</exception>
    public static async Task<SnapshotSource> OpenAsync(string target, string folder, CancellationToken cancellation)
    {
        ManifestReading reading = await ManifestFile.ReadAsync(folder, cancellation).ConfigureAwait(false);
        return reading.Manifest is not { } manifest ? throw RestoreErrors.RestoreBackupDamaged(target, folder, [reading.Damage!.ToString()])
            : manifest.Repository is null ? new SnapshotSource(folder, manifest)
            : throw RestoreErrors.RestoreBackupDamaged(target, folder, ["it is a backup of a management directory, and of no instance"]);
    }

    /// <inheritdoc/>
    public ExpectedDatabase Expect(IReadOnlyList<string>? tables) => ExpectedDatabase.Of(Manifest.Database, tables);

    /// <summary>The texts of the database, or those that the rows of some tables need.</summary>
    public IReadOnlyList<SqlPiece> Pieces(IReadOnlyList<string>? tables = null) =>
    [
        .. Manifest.Database.Pieces
            .Where(piece => tables is null || piece.Kind == PieceKind.Structure || tables.Any(piece.Rows.ContainsKey))
            .Select(piece => new SqlPiece(piece.Path, KindOf(piece.Kind), piece.TextBytes, _ => new(Open(piece)))),
    ];

    /// <inheritdoc/>
    /// <remarks>Nothing to do: the snapshot was read whole before.</remarks>
    public Task RequireWholeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Chosen files as one tar; see <see cref="SnapshotTar"/>.</summary>
    public Stream OpenFiles(Func<SnapshotEntry, string?> rename) => SnapshotTar.Open(Folder, rename);

    private static SqlPieceKind KindOf(PieceKind kind) => kind switch
    {
        PieceKind.Structure => SqlPieceKind.Structure,
        PieceKind.Data => SqlPieceKind.Data,
        _ => SqlPieceKind.Objects,
    };

    private WholeText Open(ManifestPiece piece) => new(
        new GZipStream(
            new FileStream(SnapshotPath.Combine(Folder, piece.Path), FileMode.Open, FileAccess.Read, FileShare.Read, 256 * 1024, FileOptions.SequentialScan),
            CompressionMode.Decompress),
        piece);

    /// <summary>A text that must have its length: a compressed file that was cut is no error to the decompression.</summary>
    private sealed class WholeText(Stream text, ManifestPiece piece) : ForwardStream
    {
        private long _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(Read(buffer.Span));
        }

        /// <summary>In place: a file and zlib never wait long, and a thread found for every piece costs more than the piece.</summary>
        public override int Read(Span<byte> buffer)
        {
            int read = text.Read(buffer);
            _read += read;
            return read > 0 || buffer.Length == 0 || _read == piece.TextBytes
                ? read
                : throw new InvalidDataException($"{piece.Path} ends after {_read} bytes of {piece.TextBytes}");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override async ValueTask DisposeAsync()
        {
            await text.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                text.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
