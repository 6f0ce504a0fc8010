using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>What is said of the application's own backups, from what was found of them.</summary>
public sealed class OwnFilesJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly First = new(2026, 6, 13);
    private static readonly DateOnly Second = new(2026, 6, 14);

    [Fact]
    public void Nothing_is_found_in_good_files()
    {
        OwnFilesReport report = Judge(Good());
        Assert.Empty(report.Findings);
        OwnJobReport calls = Of(report, "BackupCDRS");
        Assert.Equal((2, 2, 0, 0), (calls.Files, calls.ComparedDays, calls.DifferingDays, calls.MissingDays));
        Assert.Equal(300, calls.SizeBytes);
    }

    [Theory]
    [InlineData(0, true, "BackupReports: reports.sql is empty")]
    [InlineData(500, false, "BackupReports: reports.sql is truncated: it does not end with '-- Dump completed'")]
    public void A_dump_that_holds_nothing_or_not_all(long size, bool complete, string finding) =>
        Assert.Equal([finding], Judge(Good() with { Dumps = Dumps(new OwnDump(size, Now, complete)) }).Findings);

    [Fact]
    public void A_dump_that_is_missing_or_old()
    {
        Assert.Equal(["BackupReports: reports.sql is missing"], Judge(Good() with { Dumps = Dumps(null) }).Findings);
        Assert.Equal(
            ["BackupReports: reports.sql is of 2026-06-13 03:00:00Z"],
            Judge(Good() with { Dumps = Dumps(new OwnDump(500, Now - TimeSpan.FromDays(2), true)) }).Findings);
    }

    [Fact]
    public void Days_wait_between_two_runs_and_no_longer()
    {
        OwnFilesFacts facts = Good() with { Waiting = Waiting(Second) };
        OwnFilesReport fresh = Judge(facts);
        Assert.Empty(fresh.Findings);
        Assert.Equal((1, "2026-06-14"), (Of(fresh, "BackupCDRS").WaitingDays, Of(fresh, "BackupCDRS").OldestWaitingDay));

        OwnFilesReport late = Judge(facts with { Now = Now + TimeSpan.FromHours(26) });
        Assert.Contains("BackupCDRS: 1 day waits for a file, since 2026-06-14; the newest file is of 2026-06-15 02:00:00Z", late.Findings);
    }

    [Fact]
    public void A_day_with_calls_and_no_file_is_missing_unless_it_waits()
    {
        OwnFilesFacts facts = Good() with { Files = Files([Day(First, 2)]) };
        Assert.Equal(
            ["BackupCDRS: 1 day with calls has no file or an empty one, and does not wait for one; the first is 2026-06-14"], Judge(facts).Findings);
        Assert.Equal(
            ["BackupCDRS: 1 day with calls has no file or an empty one, and does not wait for one; the first is 2026-06-14"],
            Judge(facts with { Files = Files([Day(First, 2), Day(Second, null) with { SizeBytes = 0 }]) }).Findings);
        Assert.Empty(Judge(facts with { Waiting = Waiting(Second) }).Findings);
    }

    [Fact]
    public void A_day_with_another_number_of_calls_differs_unless_it_was_written_meanwhile()
    {
        OwnFilesFacts facts = Good() with { Files = Files([Day(First, 2), Day(Second, 4)]) };
        Assert.Equal(
            ["BackupCDRS: 1 day of 2 compared holds another number of calls than the database; the first is 2026-06-14: 4 instead of 3"], Judge(facts).Findings);
        Assert.Empty(OwnFilesJudge.Judge(facts, Calls(), Now - TimeSpan.FromHours(2)).Findings);
        Assert.Empty(OwnFilesJudge.Judge(facts, new Dictionary<string, IReadOnlyDictionary<DateOnly, long>>(), Now).Findings);
    }

    [Fact]
    public void A_file_that_a_restore_would_load_twice() => Assert.Equal(
        ["BackupCDRS: data restore would also load 1 file that is none of its own, as 'cdrs-2026-06-14.csv~'"],
        Judge(Good() with { Files = Files([Day(First, 2), Day(Second, 3), new OwnFile("cdrs-2026-06-14.csv~", null, 9, Now, null)]) }).Findings);

    [Fact]
    public void Jobs_that_never_ran_are_one_finding()
    {
        OwnFilesFacts nothing = Good() with
        {
            Dumps = new Dictionary<string, OwnDump>(),
            Files = new Dictionary<string, IReadOnlyList<OwnFile>> { ["cdrs"] = [], ["source-cdrs"] = [] },
            Waiting = new Dictionary<string, IReadOnlySet<DateOnly>>(),
        };
        Assert.Equal(["the application's backup jobs have never run: there are no files for data restore"], Judge(nothing).Findings);
    }

    [Fact]
    public void Undo_points_that_hold_nothing() => Assert.Equal(
        ["BackupOrganizationInfo: 2 of 9 undo points are empty, because the dump failed"],
        Judge(Good() with { UndoPoints = 9, EmptyUndoPoints = 2 }).Findings);

    [Theory]
    [InlineData(21, 59, false)]
    [InlineData(22, 0, true)]
    [InlineData(22, 29, true)]
    [InlineData(22, 30, false)]
    public void The_jobs_are_not_begun_in_the_first_half_hour_of_their_own_day(int hour, int minute, bool refused)
    {
        // Rome is two hours ahead of UTC in June.
        OwnFilesFacts facts = Good() with
        {
            Now = new DateTimeOffset(2026, 6, 14, hour, minute, 59, TimeSpan.Zero), PhpClock = InstanceClock.FromPhp("date.timezone = Europe/Rome"),
        };
        Exception? failure = Record.Exception(() => OwnFilesRun.RefuseWhenEarly("local/one", facts));
        Assert.Equal(refused ? "OwnBackupTooEarly" : null, (failure as AsterisellException)?.ErrorId);
    }

    private static OwnFilesReport Judge(OwnFilesFacts facts) => OwnFilesJudge.Judge(facts, Calls(), Now);

    private static OwnJobReport Of(OwnFilesReport report, string job) => report.Jobs.Single(one => one.Job == job);

    private static OwnFilesFacts Good() => new()
    {
        Now = Now,
        Dumps = Dumps(new OwnDump(500, Now, true)),
        Files = Files([Day(First, 2), Day(Second, 3)]),
        Attempts = new Dictionary<string, DateTimeOffset>(),
        Waiting = Waiting(),
        UndoPoints = 9,
        EmptyUndoPoints = 0,
    };

    private static Dictionary<string, OwnDump> Dumps(OwnDump? reports)
    {
        Dictionary<string, OwnDump> dumps = new() { ["configurations.sql"] = new OwnDump(400, Now, true) };
        if (reports is not null)
        {
            dumps["reports.sql"] = reports;
        }

        return dumps;
    }

    private static OwnFile Day(DateOnly day, long? rows) => new($"cdrs-{day:yyyy-MM-dd}.csv", day, 150, Now - TimeSpan.FromHours(1), rows);

    private static Dictionary<string, IReadOnlyList<OwnFile>> Files(OwnFile[] cdrs) => new() { ["cdrs"] = cdrs, ["source-cdrs"] = [] };

    private static Dictionary<string, IReadOnlySet<DateOnly>> Waiting(params DateOnly[] days) => new()
    {
        ["BackupCDRS"] = days.ToHashSet(), ["BackupSourceCDRS"] = new HashSet<DateOnly>(),
    };

    private static Dictionary<string, IReadOnlyDictionary<DateOnly, long>> Calls() => new()
    {
        ["ar_cdr"] = new Dictionary<DateOnly, long> { [First] = 2, [Second] = 3 },
    };
}
