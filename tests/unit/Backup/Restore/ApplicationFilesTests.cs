using Asterisell.Engine.Backup.Restore.Application;

namespace Asterisell.Tests.Unit.Backup.Restore;

public class ApplicationFilesTests
{
    private static readonly string[] Answer =
    [
        "dump", "configurations", "120 1764000000", "x\n-- Dump completed on 2025-11-24", "dump", "reports", "0 1764000000", "",
        "folder", "source-cdrs",
        "folder", "cdrs",
        "file", "y_2026/m_04/cdrs-2026-04-17.csv", "30 1764000000.5",
        "file", "y_2026/m_04/cdrs-2026-04-15.csv", "20 1764000000.5",
        "file", "y_2026/m_05/cdrs-2026-04-15.csv", "20 1764000000.5",
        "file", "y_2026/m_04/cdrs-2026-04-15.csv.old", "20 1764000000.5",
        "file", "y_2026/m_04/cdrs-2026-04-31.csv", "20 1764000000.5",
        "file", "cdrs-2026-04-16.csv", "20 1764000000.5",
        "rows", "y_2026/m_04/cdrs-2026-04-15.csv", "7", "end", "",
    ];

    [Fact]
    public void KnowsTheFilesOfTheJobsAndTellsTheOthers()
    {
        ApplicationFiles files = ApplicationFiles.Parse("/root", Answer);

        Assert.Equal([new DateOnly(2026, 4, 15), new DateOnly(2026, 4, 17)], files.Days["cdrs"].Select(file => file.Day));
        Assert.Equal([7L, 0L], files.Days["cdrs"].Select(file => file.Rows));
        Assert.Empty(files.Days["source-cdrs"]);
        Assert.Equal(
            ["cdrs/y_2026/m_05/cdrs-2026-04-15.csv", "cdrs/y_2026/m_04/cdrs-2026-04-15.csv.old", "cdrs/y_2026/m_04/cdrs-2026-04-31.csv", "cdrs/cdrs-2026-04-16.csv"],
            files.Strays);
        Assert.Equal([new DateOnly(2026, 4, 16)], ApplicationFileRules.MissingDays(files.Days["cdrs"]));
    }

    [Fact]
    public void RefusesAnEmptyDump()
    {
        AsterisellException refused = Assert.Throws<AsterisellException>(() => ApplicationFileRules.Require(Snapshots.Instance, ApplicationFiles.Parse("/root", Answer)));

        Assert.Equal("ApplicationBackupDamaged", refused.ErrorId);
        Assert.Contains("reports.sql is empty", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("configurations", refused.Reason, StringComparison.Ordinal);
    }
}
