using Asterisell.Engine.Backup.Capture.Ranges;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Makes the pieces of the manifest of files that were written, or shares an earlier file where that has the same rows.</summary>
internal sealed class RowPieces(BackupRun run, EarlierRanges earlier)
{
    private readonly List<ManifestPiece> _pieces = [];

    /// <summary>In the order of loading: whole tables, then ranges.</summary>
    public IReadOnlyList<ManifestPiece> Pieces =>
        [.. _pieces.OrderBy(piece => piece.Range is null ? string.Empty : piece.Range.Table, StringComparer.Ordinal).ThenBy(piece => piece.Range?.Month, StringComparer.Ordinal)];

    /// <summary>Takes a file of whole tables.</summary>
    public void AddWhole(RowFile file)
    {
        run.Snapshot.AddFile(file.File, file.Sha256);
        _pieces.Add(Describe(file, null));
    }

    /// <summary>Takes a range that was dumped.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="file">What was written.</param>
    /// <param name="checksum">What the database says of the same rows; null where it was not asked.</param>
    public void AddRange(RangeTable table, RowFile file, string? checksum)
    {
        ManifestPiece piece = Describe(file, new ManifestRange
        {
            Table = table.Name,
            Column = table.Column,
            Month = file.Month!,
            Checksum = checksum,
            Definition = table.Definition,
            DumpedIn = run.Snapshot.Id.ToString(),
        });
        ManifestPiece? before = earlier.Find(table.Name, file.Month!);
        if (before is not null && (IsSame(before, checksum, file.Rows[table.Name]) || before.Sha256 == piece.Sha256))
        {
            run.Snapshot.Remove(piece.Path);
            if (TryAddShared(before with { Range = before.Range! with { Checksum = checksum } }))
            {
                return;
            }

            throw BackupErrors.BackupTargetFailed(
                run.Target, run.Snapshot.PartialPath, new IOException($"{before.Path} of {before.Range!.DumpedIn} went while it was being shared"));
        }

        run.Snapshot.AddFile(file.File, file.Sha256);
        _pieces.Add(piece);
    }

    /// <summary>Takes a range of the earlier snapshot that has the same rows still.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryAddUnchanged(RangeTable table, string month, string checksum, long rows) =>
        earlier.Find(table.Name, month) is { } before && IsSame(before, checksum, rows) && TryAddShared(before);

    /// <summary>Whether an earlier range has the same rows still.</summary>
    public static bool IsSame(ManifestPiece before, string? checksum, long rows) =>
        checksum is not null && before.Range!.Checksum == checksum && before.Rows.GetValueOrDefault(before.Range.Table, -1) == rows;

    private bool TryAddShared(ManifestPiece before)
    {
        if (!earlier.TryShare(before, run.Snapshot))
        {
            return false;
        }

        _pieces.Add(before);
        return true;
    }

    private static ManifestPiece Describe(RowFile file, ManifestRange? range) => new()
    {
        Path = file.File.Path,
        Kind = PieceKind.Data,
        TextBytes = file.TextBytes,
        SizeBytes = file.File.Length,
        Sha256 = file.Sha256,
        Rows = file.Rows,
        Range = range,
    };
}
