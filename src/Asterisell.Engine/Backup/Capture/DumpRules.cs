using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>When a dump is believed: exit code, what the program said, last line, and everything that the database has.</summary>
internal static class DumpRules
{
    /// <summary>Table definition has changed, please retry transaction.</summary>
    private const int DefinitionChanged = 1412;

    public static void RequireSuccess(string target, string program, int exitCode, string error, DumpSummary dump)
    {
        string said = error.Length == 0 ? string.Empty : InstanceErrors.OneLine(error);
        if (exitCode != 0)
        {
            throw ClientError.Find(error).Any(line => line.Code == DefinitionChanged)
                ? BackupErrors.BackupSchemaChanged(target, said)
                : BackupErrors.BackupDumpFailed(target, program, exitCode, said);
        }

        if (dump.Damage is { } damage)
        {
            throw BackupErrors.BackupDumpTruncated(target, $"{program} ended with exit code 0, but {damage}{(said.Length == 0 ? string.Empty : $" ({said})")}");
        }
    }

    /// <summary>Everything that the database showed before must be in the dump. What was made since may be there too.</summary>
    public static void RequireWhole(string target, DumpSummary dump, DatabaseFacts facts)
    {
        (string Kind, IEnumerable<string> Wanted, IReadOnlySet<string> Found)[] kinds =
        [
            ("table", facts.Tables.Keys, dump.Tables),
            ("view", facts.Views, dump.Views),
            ("trigger", facts.Triggers, dump.Triggers),
            ("routine", facts.Routines, dump.Routines),
            ("event", facts.Events, dump.Events),
        ];
        string[] missing = [.. kinds.SelectMany(kind => kind.Wanted.Where(name => !kind.Found.Contains(name)).Select(name => $"{kind.Kind} {name}"))];
        if (missing.Length > 0)
        {
            throw BackupErrors.BackupDumpTruncated(target, $"it lacks {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? " and more" : string.Empty)}");
        }
    }
}
