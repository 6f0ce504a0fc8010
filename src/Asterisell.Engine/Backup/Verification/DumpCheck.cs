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
    public static void Compare(DumpSummary dump, ManifestPiece piece, ManifestDatabase database, FindingList findings)
    {
        if (dump.Damage is { } damage)
        {
            findings.Fail(piece.Path, $"the dump is not whole: {damage}");
        }

        if (dump.TextBytes != piece.TextBytes)
        {
            findings.Fail(piece.Path, "the dump has another length than the manifest says", piece.TextBytes, dump.TextBytes);
        }

        foreach (ManifestTable table in database.Tables.Where(table => table.Piece == piece.Path))
        {
            if (!dump.Tables.Contains(table.Name))
            {
                findings.Fail(piece.Path, $"the table {table.Name} is missing");
            }
            else if (dump.Rows[table.Name] != table.Rows)
            {
                findings.Fail(piece.Path, $"the number of rows of {table.Name} is wrong", table.Rows, dump.Rows[table.Name]);
            }
        }

        HashSet<string> expected = [.. database.Tables.Where(table => table.Piece == piece.Path).Select(table => table.Name)];
        foreach (string table in dump.Rows.Keys.Where(table => !expected.Contains(table)))
        {
            findings.Fail(piece.Path, $"the table {table} is not in the manifest");
        }
    }

    /// <summary>Compares the other objects of all pieces with the manifest.</summary>
    public static void CompareObjects(IReadOnlyList<DumpSummary> pieces, ManifestDatabase database, FindingList findings)
    {
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
