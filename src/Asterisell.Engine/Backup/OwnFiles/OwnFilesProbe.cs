using System.Globalization;
using System.Text.RegularExpressions;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>Asks one instance about the application's own backups: one exec.</summary>
/// <remarks>
/// A row of such a file ends with CR LF behind a quote, a digit or an N; a CR within a text is written behind a backslash. So the rows are
/// the lines that end in a CR without a backslash before it, and no parser is needed to count them.
/// </remarks>
internal static partial class OwnFilesProbe
{
    /// <summary>So many bytes of the newest files of each job are read to count their rows: a tenth of a second.</summary>
    private const long MostCountedBytes = 64L * 1024 * 1024;

    private const string Stamps = "stamps";
    private const string Waiting = "waiting";
    private const string Undo = "undo";

    /// <summary>$3: bytes to read.</summary>
    private const string Calls = """
        if cd "$1/data_files/messages/backup" 2>/dev/null; then
          for type in source-cdrs cdrs; do
            [ -d "$type" ] || continue
            printf '%s\0' "$type"
            find "$type" -type f -printf '%f %s %T@\n' 2>/dev/null
            printf '\0%s-rows\0' "$type"
            read=0
            while IFS=' ' read -r -d '' name size path; do
              read=$((read + size))
              [ "$read" -gt "$3" ] && break
              printf '%s\0' "$path"
            done < <(find "$type" -type f -name "$type-*.csv" -size +0 -printf '%f %s %p\0' 2>/dev/null | sort -zr) \
              | xargs -0 -r grep -a -c -H -e $'[^\\]\r$' -- 2>/dev/null
            printf '\0'
          done
        fi

        """;

    private const string Script = ProbeScripts.Prelude + ProbeScripts.Credentials + ProbeScripts.Time + ProbeScripts.TimeZone
        + ProbeScripts.OwnDumps + Calls + ProbeScripts.Sql + ProbeScripts.End;

    /// <summary>Reads what there is.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="countRows">Reads the newest files of calls, to count their rows.</param>
    /// <param name="cancellation">Ends the script.</param>
    /// <exception cref="AsterisellException">The container or its database cannot be asked.</exception>
    public static async Task<OwnFilesFacts> ReadAsync(IInstance instance, bool countRows, CancellationToken cancellation)
    {
        var probe = new InstanceProbe(instance.Exec, new CredentialSource(instance.Exec, instance.Definition), instance.Definition);
        string limit = (countRows ? MostCountedBytes : 0).ToString(CultureInfo.InvariantCulture);
        ProbeResult result = await probe.RunAsync(Script, [limit], Questions(), null, cancellation).ConfigureAwait(false);
        if (!result.Answer.IsComplete)
        {
            throw InstanceErrors.ScriptFailed(instance.Definition, "looking at the application's own backups", result.ExitCode ?? -1, result.Answer.Error);
        }

        try
        {
            return Read(result);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            throw InstanceErrors.AnswerNotUnderstood(instance.Definition, "looking at the application's own backups", failure.Message);
        }
    }

    /// <summary>An undo point of an empty dump has the checksum of nothing. Reading its content instead would read the whole history.</summary>
    private static SqlBatch Questions() => new SqlBatch()
        .Add(Stamps, "SELECT name, time FROM ar_lock")
        .Add(
            Waiting,
            "SELECT j.name AS job, c.day AS day FROM ar_daily_status_job AS j LEFT JOIN ar_daily_status_change AS c ON c.ar_daily_status_job_id = j.id")
        .Add(
            Undo,
            "SELECT COUNT(*) AS points, COALESCE(SUM(md5_sum = MD5('') OR sql_tables IS NULL), 0) AS empties FROM ar_organization_backup_of_changes");

    private static OwnFilesFacts Read(ProbeResult result)
    {
        ProbeAnswer answer = result.Answer;
        InstanceClock? clock = Clock(answer.Find("timezone") ?? "");
        SqlRow? undo = result.Rows[Undo].Failure is null ? result.Rows[Undo].Rows[0] : null;
        return new OwnFilesFacts
        {
            Now = StatusFacts.ParseTime(answer.Find("now") ?? ""),
            PhpClock = clock,
            Dumps = OwnDump.Parse(answer.Find("dumps") ?? "", answer.Find("dump-ends") ?? ""),
            Files = OwnJob.All.Where(job => job.Table is not null).ToDictionary(
                job => job.Type, job => (IReadOnlyList<OwnFile>)Files(job.Type, answer.Find(job.Type) ?? "", answer.Find($"{job.Type}-rows") ?? ""), StringComparer.Ordinal),
            Attempts = Rows(result, Stamps).Where(row => clock is not null && row.Time("time") is not null)
                .ToDictionary(row => row["name"] ?? "", row => clock!.ToUtc(row.Time("time")!.Value), StringComparer.Ordinal),
            Waiting = Rows(result, Waiting).GroupBy(row => row["job"] ?? "").ToDictionary(
                days => days.Key,
                days => (IReadOnlySet<DateOnly>)days.Select(row => row.Time("day")).OfType<DateTime>().Select(DateOnly.FromDateTime).ToHashSet(),
                StringComparer.Ordinal),
            UndoPoints = undo?.Whole("points"),
            EmptyUndoPoints = (long?)undo?.Number("empties"),
        };
    }

    private static IReadOnlyList<SqlRow> Rows(ProbeResult result, string key) =>
        result.Rows[key].Failure is { } failure ? throw failure : result.Rows[key].Rows;

    private static InstanceClock? Clock(string lines)
    {
        try
        {
            return InstanceClock.FromPhp(lines);
        }
        catch (Exception failure) when (failure is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            return null;
        }
    }

    /// <param name="type">Folder.</param>
    /// <param name="listing">Lines <c>NAME SIZE SECONDS</c>; a name may hold blanks.</param>
    /// <param name="rows">Lines <c>PATH:ROWS</c>.</param>
    private static List<OwnFile> Files(string type, string listing, string rows)
    {
        Dictionary<string, long> counted = new(StringComparer.Ordinal);
        foreach (string line in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.LastIndexOf(':');
            counted[line[(line.LastIndexOf('/') + 1)..colon]] = StatusFacts.ParseWhole(line[(colon + 1)..]);
        }

        List<OwnFile> files = [];
        foreach (Match line in Line().Matches(listing))
        {
            string name = line.Groups["name"].Value;
            bool isDay = name.StartsWith($"{type}-", StringComparison.Ordinal) && name.EndsWith(".csv", StringComparison.Ordinal);
            DateOnly? day = isDay && DateOnly.TryParseExact(name[(type.Length + 1)..^4], "yyyy-MM-dd", out DateOnly parsed) ? parsed : null;
            files.Add(new OwnFile(
                name, day, StatusFacts.ParseWhole(line.Groups["size"].Value), StatusFacts.ParseTime(line.Groups["time"].Value),
                counted.TryGetValue(name, out long count) ? count : null));
        }

        return files;
    }

    [GeneratedRegex(@"^(?<name>.+) (?<size>[0-9]+) (?<time>[0-9.]+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
