using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>What lies in a folder of the application's own backups: two dumps, and a file of calls for every day.</summary>
/// <param name="Root">Absolute path in the container.</param>
/// <param name="Dumps">The dumps that are there, by <see cref="OwnJob.Type"/>.</param>
/// <param name="Days">Files of calls by <see cref="OwnJob.Type"/>, in the order of their days; a folder that is missing is not in it.</param>
/// <param name="Strays">Files beside those of calls that no job writes; <c>data restore</c> would load them too.</param>
internal sealed partial record ApplicationFiles(
    string Root, IReadOnlyDictionary<string, OwnDump> Dumps, IReadOnlyDictionary<string, IReadOnlyList<CallFile>> Days, IReadOnlyList<string> Strays)
{
    /// <summary>Where the application keeps its own backups, below the admin directory.</summary>
    public const string Folder = "data_files/messages/backup";

    /// <summary>
    /// $1: the folder; $2: <c>count</c> to count rows. A row ends with CR LF behind a quote, a digit or an N; a CR within a text is written behind
    /// a backslash, so rows are the lines that end in a CR without one before it.
    /// </summary>
    private const string Script = """
        export LC_ALL=C
        cd "$1" 2>/dev/null || exit 9
        for type in configurations reports; do
          file=$type/$type.sql
          [ -f "$file" ] || continue
          printf 'dump\0%s\0%s\0%s\0' "$type" "$(stat -L -c '%s %Y' -- "$file")" "$(tail -c 100 -- "$file" | tr -d '\0')"
        done
        for type in source-cdrs cdrs; do
          [ -d "$type" ] || continue
          printf 'folder\0%s\0' "$type"
          find "$type/" -type f -printf 'file\0%P\0%s %T@\0' || exit 8
          [ "$2" = count ] || continue
          find "$type/" -type f -name "$type-*.csv" -size +0 -print0 | xargs -0 -r grep -a -c -Z -H -e $'[^\\]\r$' -- \
            | while IFS= read -r -d '' path && IFS= read -r rows; do printf 'rows\0%s\0%s\0' "${path#"$type"/}" "$rows"; done
        done
        printf 'end\0'
        """;

    /// <summary>Bytes of everything that would be loaded.</summary>
    public long SizeBytes => Dumps.Values.Sum(dump => dump.SizeBytes) + CallBytes;

    /// <summary>Bytes of the files of calls.</summary>
    public long CallBytes => Days.Values.Sum(files => files.Sum(file => file.SizeBytes));

    /// <summary>Path of a dump.</summary>
    public string PathOf(OwnJob job) => $"{Root}/{job.Type}/{job.DumpName}";

    /// <summary>Looks.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="root">Folder in its container.</param>
    /// <param name="countRows">Reads every file of calls, to count its rows.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="AsterisellException"><c>ApplicationBackupMissing</c>.</exception>
    public static async Task<ApplicationFiles> ReadAsync(IInstance instance, string root, bool countRows, CancellationToken cancellation)
    {
        const int NoFolder = 9;
        CommandOutcome outcome = await instance.Exec
            .RunAsync(Bash.Command(Script, root, countRows ? "count" : "list"), cancellation).ConfigureAwait(false);
        string[] fields = Encoding.UTF8.GetString(outcome.Output.Span).Split('\0');
        if (outcome.ExitCode == NoFolder)
        {
            throw ApplicationBackupErrors.ApplicationBackupMissing(instance.Definition, root);
        }

        return outcome.ExitCode == 0 && fields is [.., "end", ""]
            ? Parse(root, fields)
            : throw InstanceErrors.ScriptFailed(instance.Definition, "looking at the application's own backups", outcome.ExitCode, outcome.ErrorText);
    }

    internal static ApplicationFiles Parse(string root, IReadOnlyList<string> fields)
    {
        Dictionary<string, OwnDump> dumps = new(StringComparer.Ordinal);
        Dictionary<string, List<CallFile>> days = new(StringComparer.Ordinal);
        Dictionary<string, long> rows = new(StringComparer.Ordinal);
        List<string> strays = [];
        string type = string.Empty;
        for (int i = 0; fields[i] != "end";)
        {
            switch (fields[i])
            {
                case "dump":
                    string[] facts = fields[i + 2].Split(' ');
                    dumps[fields[i + 1]] = new OwnDump(
                        StatusFacts.ParseWhole(facts[0]), StatusFacts.ParseTime(facts[1]), fields[i + 3].Contains(OwnDump.CompletionMark, StringComparison.Ordinal));
                    i += 4;
                    break;
                case "folder":
                    type = fields[i + 1];
                    days[type] = [];
                    i += 2;
                    break;
                case "file":
                    string[] sizes = fields[i + 2].Split(' ');
                    if (DayOf(type, fields[i + 1]) is { } day)
                    {
                        days[type].Add(new CallFile($"{type}/{fields[i + 1]}", day, StatusFacts.ParseWhole(sizes[0]), StatusFacts.ParseTime(sizes[1]), 0));
                    }
                    else
                    {
                        strays.Add($"{type}/{fields[i + 1]}");
                    }

                    i += 3;
                    break;
                default:
                    rows[$"{type}/{fields[i + 1]}"] = StatusFacts.ParseWhole(fields[i + 2]);
                    i += 3;
                    break;
            }
        }

        return new ApplicationFiles(
            root, dumps,
            days.ToDictionary(
                one => one.Key,
                one => (IReadOnlyList<CallFile>)[.. one.Value.Select(file => file with { Rows = rows.GetValueOrDefault(file.Path) }).OrderBy(file => file.Day)],
                StringComparer.Ordinal),
            strays);
    }

    /// <summary>The day of a file that its job wrote; null for any other, a copy of it in another folder included.</summary>
    private static DateOnly? DayOf(string type, string path) =>
        Written().Match(path) is { Success: true } match
        && match.Groups["type"].Value == type
        && DateOnly.TryParseExact(match.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
        && path.StartsWith(day.ToString("'y_'yyyy'/m_'MM'/'", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? day
            : null;

    [GeneratedRegex(@"\Ay_[0-9]{4}/m_[0-9]{2}/(?<type>[a-z-]+)-(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.csv\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}

/// <summary>The calls of one day.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Day">Day of its name.</param>
/// <param name="SizeBytes">Size; 0 for a day without calls.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Rows">Rows in it, where they were counted.</param>
internal sealed record CallFile(string Path, DateOnly Day, long SizeBytes, DateTimeOffset At, long Rows);
