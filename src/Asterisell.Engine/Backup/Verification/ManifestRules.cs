using System.Globalization;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Repository;
using Asterisell.Engine.Backup.OwnFiles;

namespace Asterisell.Engine.Backup.Verification;

/// <summary>What must be true within a manifest, whatever the files are.</summary>
internal static class ManifestRules
{
    /// <summary>Why a snapshot is not where it belongs: its folders name another instance or time than its manifest. Null when it is right.</summary>
    public static BackupFinding? WhyMisplaced(SnapshotManifest manifest, string host, string instance, string snapshot)
    {
        string expected = $"{manifest.Instance.Host}/{manifest.Instance.Name} {manifest.Snapshot}";
        string actual = $"{host}/{instance} {snapshot}";
        return expected == actual
            ? null
            : new BackupFinding(true, Storage.SnapshotLayout.Manifest, "it is the manifest of another snapshot than its folders say", expected, actual);
    }

    /// <summary>Checks a manifest against itself.</summary>
    public static void Check(SnapshotManifest manifest, FindingList findings)
    {
        const string File = Storage.SnapshotLayout.Manifest;
        if (Storage.SnapshotId.From(manifest.StartedAt).ToString() != manifest.Snapshot)
        {
            findings.Fail(File, "its begin is not the time in its name", manifest.Snapshot, manifest.StartedAt.ToString("u", CultureInfo.InvariantCulture));
        }

        if (manifest.FinishedAt < manifest.StartedAt)
        {
            findings.Fail(File, "it ended before it began");
        }

        CheckSort(manifest, findings);
        foreach (string finding in manifest.OwnFiles?.Findings ?? [])
        {
            findings.Remark(string.Empty, OwnFilesCapture.NoteOf(finding));
        }

        if (manifest.Listing.Path != Storage.SnapshotLayout.Listing)
        {
            findings.Fail(File, "its listing has another name than ours", Storage.SnapshotLayout.Listing, manifest.Listing.Path);
        }
    }

    /// <summary>A snapshot of an instance has its database; one of the management directory has none, and its own place.</summary>
    private static void CheckSort(SnapshotManifest manifest, FindingList findings)
    {
        if (manifest.Repository is null)
        {
            CheckDatabase(manifest.Database, findings);
        }
        else if (manifest.Instance.Host != RepositoryLayout.HostName || manifest.Database.Tables.Count + manifest.Database.Pieces.Count > 0)
        {
            findings.Fail(Storage.SnapshotLayout.Manifest, "it says that it is of a management directory, and it is not");
        }
    }

    private static void CheckDatabase(ManifestDatabase database, FindingList findings)
    {
        const string File = Storage.SnapshotLayout.Manifest;
        if (!database.Tables.Any(table => table.Name == "ar_cdr"))
        {
            findings.Fail(File, "it has no table ar_cdr: this is not a backup of an instance");
        }

        foreach (ManifestTable table in database.Tables)
        {
            if (table.RowsCounted is { } counted && counted != table.Rows)
            {
                findings.Fail(File, $"the rows of {table.Name} differ between the database and the dump", counted, table.Rows);
            }
        }

        CheckPieces(database, findings);

        foreach (IGrouping<string, ManifestDayCount> days in database.Days.GroupBy(day => day.Table))
        {
            long rows = database.Tables.FirstOrDefault(table => table.Name == days.Key)?.Rows ?? 0;
            long sum = days.Sum(day => day.Rows);
            if (sum != rows)
            {
                findings.Fail(File, $"the days of {days.Key} do not add up to its rows", rows, sum);
            }
        }
    }

    private static void CheckPieces(ManifestDatabase database, FindingList findings)
    {
        const string File = Storage.SnapshotLayout.Manifest;
        if (!database.Pieces.Select(piece => piece.Kind).SequenceEqual(database.Pieces.Select(piece => piece.Kind).Order()))
        {
            findings.Fail(File, "the pieces of the database are not in the order of loading: structure, data, objects");
        }

        foreach (PieceKind kind in Enum.GetValues<PieceKind>().Where(kind => !database.Pieces.Any(piece => piece.Kind == kind)))
        {
            findings.Fail(File, $"the database has no piece of the kind {kind}");
        }

        foreach (IGrouping<string, ManifestPiece> twice in database.Pieces.GroupBy(piece => piece.Path).Where(group => group.Count() > 1))
        {
            findings.Fail(File, $"the piece {twice.Key} is named twice");
        }

        foreach (ManifestPiece piece in database.Pieces.Where(piece => piece.Range is { } range && (piece.Kind != PieceKind.Data
            || piece.Path != Storage.SnapshotLayout.RangeOf(range.Table, range.Month) || !piece.Rows.Keys.SequenceEqual([range.Table]))))
        {
            findings.Fail(File, $"the piece {piece.Path} is not the range that it is said to be");
        }

        Dictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach ((string table, long count) in database.Pieces.SelectMany(piece => piece.Rows))
        {
            rows[table] = rows.GetValueOrDefault(table) + count;
        }

        foreach (ManifestTable table in database.Tables.Where(table => rows.GetValueOrDefault(table.Name) != table.Rows))
        {
            findings.Fail(File, $"the pieces do not hold the rows of {table.Name}", table.Rows, rows.GetValueOrDefault(table.Name));
        }

        foreach (string table in rows.Keys.Except(database.Tables.Select(table => table.Name)))
        {
            findings.Fail(File, $"the pieces hold rows of {table}, which is no table of the database");
        }
    }
}
