using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>When a dump is believed: exit code, what the program said, last line, and everything that the database has.</summary>
internal static class DumpRules
{
    /// <summary>Table definition has changed, please retry transaction.</summary>
    private const int DefinitionChanged = 1412;

    /// <summary>Server has gone away; lost connection to server during query.</summary>
    private const int ServerGone = 2006;
    private const int ServerLost = 2013;

    public static void RequireSuccess(string target, string program, int exitCode, string error, DumpSummary dump)
    {
        string said = error.Length == 0 ? string.Empty : InstanceErrors.OneLine(error);
        if (exitCode != 0)
        {
            int[] codes = [.. ClientError.Find(error).Select(line => line.Code)];
            throw codes.Contains(DefinitionChanged) ? BackupErrors.BackupSchemaChanged(target, said)
                : codes.Any(code => code is ServerGone or ServerLost) ? BackupErrors.BackupDatabaseLost(target, said)
                : BackupErrors.BackupDumpFailed(target, program, exitCode, said);
        }

        if (dump.Damage is { } damage)
        {
            throw BackupErrors.BackupDumpTruncated(target, $"{program} ended with exit code 0, but {damage}{(said.Length == 0 ? string.Empty : $" ({said})")}");
        }
    }

    /// <summary>Every table that the database showed before must have come, be it without a row.</summary>
    public static void RequireRows(string target, IReadOnlyDictionary<string, long> rows, IEnumerable<string> tables) =>
        RequireNone(target, [.. tables.Where(table => !rows.ContainsKey(table)).Select(table => $"rows of {table}")]);

    /// <summary>Everything that the database showed before must be in the pieces. What was made since may be there too.</summary>
    public static void RequireWhole(string target, PieceList pieces, DatabaseFacts facts)
    {
        (string Kind, IEnumerable<string> Wanted, IReadOnlySet<string> Found)[] kinds =
        [
            ("table", facts.Tables.Keys.Concat(facts.ScratchTables.Keys), pieces.Tables),
            ("view", facts.Views, pieces.Views),
            ("trigger", facts.Triggers, pieces.Triggers),
            ("routine", facts.Routines, pieces.Routines),
            ("event", facts.Events, pieces.Events),
        ];
        RequireNone(target, [.. kinds.SelectMany(kind => kind.Wanted.Where(name => !kind.Found.Contains(name)).Select(name => $"{kind.Kind} {name}"))]);
        RequireRows(target, pieces.Rows, facts.Tables.Keys);
    }

    /// <summary>Structure and rows come from different statements: a table that was altered in between would not load.</summary>
    public static void RequireUnaltered(string target, DatabaseFacts facts, TableShapes before, TableShapes after)
    {
        if (facts.Tables.Keys.FirstOrDefault(table => before.FingerprintOf(table) != after.FingerprintOf(table)) is { } altered)
        {
            throw BackupErrors.BackupSchemaChanged(target, $"the columns of {altered} are others than before");
        }
    }

    private static void RequireNone(string target, IReadOnlyList<string> missing)
    {
        if (missing.Count > 0)
        {
            throw BackupErrors.BackupDumpTruncated(target, $"it lacks {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? " and more" : string.Empty)}");
        }
    }
}
