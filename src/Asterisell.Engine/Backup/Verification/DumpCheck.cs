using System.IO.Compression;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Verification;

/// <summary>Reads a stored piece of the database again: compression, last line, rows and objects.</summary>
internal static class DumpCheck
{
    /// <summary>Reads a piece to its end.</summary>
    /// <returns>What it holds; null when it can't be decompressed, which is then among the findings.</returns>
    public static async Task<DumpSummary?> ReadAsync(
        Stream compressed, string path, byte[] buffer, FindingList findings, CancellationToken cancellation)
    {
        DumpScanner scanner = new();
        GZipStream text = new(compressed, CompressionMode.Decompress, leaveOpen: true);
        await using (text.ConfigureAwait(false))
        {
            try
            {
                int read;
                while ((read = await text.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    scanner.Feed(buffer.AsSpan(0, read));
                }
            }
            catch (InvalidDataException broken)
            {
                findings.Fail(path, $"it can't be decompressed: {broken.Message.TrimEnd('.')}");
                return null;
            }
        }

        return scanner.Complete();
    }

    /// <summary>Compares what a piece holds with what the manifest says of it.</summary>
    public static void Compare(DumpSummary dump, ManifestPiece piece, FindingList findings)
    {
        if (dump.Damage is { } damage)
        {
            findings.Fail(piece.Path, $"the dump is not whole: {damage}");
        }

        if (dump.TextBytes != piece.TextBytes)
        {
            findings.Fail(piece.Path, "the dump has another length than the manifest says", piece.TextBytes, dump.TextBytes);
        }

        foreach ((string table, long expected) in piece.Rows)
        {
            if (!dump.Rows.TryGetValue(table, out long rows))
            {
                findings.Fail(piece.Path, $"the rows of {table} are missing");
            }
            else if (rows != expected)
            {
                findings.Fail(piece.Path, $"the number of rows of {table} is wrong", expected, rows);
            }
        }

        foreach (string table in dump.Rows.Keys.Where(table => !piece.Rows.ContainsKey(table)))
        {
            findings.Fail(piece.Path, $"rows of {table} are not in the manifest");
        }

        (string What, bool IsThere, PieceKind Home)[] kinds =
        [
            ("tables", dump.Tables.Count > 0, PieceKind.Structure),
            ("rows", dump.Rows.Count > 0, PieceKind.Data),
            ("views, triggers, routines or events", dump.Views.Count + dump.Triggers.Count + dump.Routines.Count + dump.Events.Count > 0, PieceKind.Objects),
        ];
        foreach ((string what, _, _) in kinds.Where(kind => kind.IsThere && kind.Home != piece.Kind))
        {
            findings.Fail(piece.Path, $"it holds {what}, which do not belong into a piece of this kind", piece.Kind.ToString());
        }
    }

    /// <summary>Compares what all pieces make with the manifest.</summary>
    public static void CompareObjects(IReadOnlyList<DumpSummary> pieces, ManifestDatabase database, FindingList findings)
    {
        Compare("table", [.. database.Tables.Select(table => table.Name)], pieces.SelectMany(piece => piece.Tables));
        Compare("view", database.Views, pieces.SelectMany(piece => piece.Views));
        Compare("trigger", database.Triggers, pieces.SelectMany(piece => piece.Triggers));
        Compare("routine", database.Routines, pieces.SelectMany(piece => piece.Routines));
        Compare("event", database.Events, pieces.SelectMany(piece => piece.Events));

        void Compare(string kind, IReadOnlyList<string> expected, IEnumerable<string> actual)
        {
            HashSet<string> found = new(actual, StringComparer.Ordinal);
            foreach (string name in expected.Where(name => !found.Remove(name)))
            {
                findings.Fail(Storage.SnapshotLayout.DatabaseFolder, $"the {kind} {name} is missing");
            }

            foreach (string name in found)
            {
                findings.Fail(Storage.SnapshotLayout.DatabaseFolder, $"the {kind} {name} is not in the manifest");
            }
        }
    }
}
