using System.Security.Cryptography;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Capture.Ranges;

/// <summary>Ranges that an earlier snapshot has and a new one may share.</summary>
internal sealed class EarlierRanges
{
    private readonly Dictionary<(string Table, string Month), ManifestPiece> _pieces = [];
    private readonly EarlierSnapshot? _snapshot;

    private EarlierRanges(EarlierSnapshot? snapshot) => _snapshot = snapshot;

    /// <summary>Those of the earlier snapshot whose files are there; none where another server or program made its dump.</summary>
    /// <param name="earlier">Snapshot; null where there is none.</param>
    /// <param name="tables">Tables as they are now.</param>
    /// <param name="serverVersion">Server that would dump now.</param>
    /// <param name="program">Program that would dump now.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<EarlierRanges> OpenAsync(
        EarlierSnapshot? earlier, IReadOnlyList<RangeTable> tables, string serverVersion, string program, CancellationToken cancellation)
    {
        EarlierRanges ranges = new(earlier);
        if (earlier is null || earlier.Manifest.Versions.DatabaseServer != serverVersion || earlier.Manifest.Versions.DumpProgram != program)
        {
            return ranges;
        }

        foreach (ManifestPiece piece in earlier.Manifest.Database.Pieces)
        {
            if (piece.Range is { } range && piece.Path == SnapshotLayout.RangeOf(range.Table, range.Month)
                && tables.Any(table => table.Name == range.Table && table.Column == range.Column && table.Definition == range.Definition)
                && await IsSoundAsync(earlier, piece, cancellation).ConfigureAwait(false))
            {
                ranges._pieces[(range.Table, range.Month)] = piece;
            }
        }

        return ranges;
    }

    /// <summary>Months of a table; none where the database did not say what is in one of them.</summary>
    public IReadOnlyList<string> CheckedMonthsOf(string table)
    {
        ManifestRange[] ranges = [.. _pieces.Where(piece => piece.Key.Table == table).Select(piece => piece.Value.Range!)];
        return ranges.All(range => range.Checksum is not null) ? [.. ranges.Select(range => range.Month)] : [];
    }

    /// <summary>The range; null where there is none.</summary>
    public ManifestPiece? Find(string table, string month) => _pieces.GetValueOrDefault((table, month));

    /// <summary>Gives the file of a range a second name in the new snapshot and lists it.</summary>
    /// <returns>False where the file went meanwhile.</returns>
    public bool TryShare(ManifestPiece piece, SnapshotWriter snapshot)
    {
        snapshot.CreateFolder(piece.Path[..piece.Path.LastIndexOf('/')]);
        SharedTree tree = new(_snapshot!.Path, snapshot.PartialPath);
        ShareOutcome outcome = tree.Share(System.Text.Encoding.UTF8.GetBytes(piece.Path), piece.SizeBytes);
        SnapshotEntry entry = new() { Path = piece.Path, Kind = SnapshotEntryKind.File, Size = piece.SizeBytes, Sha256 = piece.Sha256 };
        switch (outcome)
        {
            case ShareOutcome.Linked:
                snapshot.AddShared(entry);
                return true;
            case ShareOutcome.Copied:
                snapshot.Add(entry);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Its size; and its content, where a newer snapshot that shares it was found damaged.</summary>
    private static async Task<bool> IsSoundAsync(EarlierSnapshot earlier, ManifestPiece piece, CancellationToken cancellation)
    {
        FileInfo file = new(SnapshotPath.Combine(earlier.Path, piece.Path));
        if (!file.Exists || file.LinkTarget is not null || file.Length != piece.SizeBytes)
        {
            return false;
        }

        if (!earlier.Suspect)
        {
            return true;
        }

        FileStream content = file.OpenRead();
        await using (content.ConfigureAwait(false))
        {
            byte[] hash = await SHA256.HashDataAsync(content, cancellation).ConfigureAwait(false);
            return Convert.ToHexString(hash).Equals(piece.Sha256, StringComparison.OrdinalIgnoreCase);
        }
    }
}
