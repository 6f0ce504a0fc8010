using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Capture.Ranges;

namespace Asterisell.Tests.Unit.Backup;

public class RangeTests
{
    private static readonly TableColumn[] Columns =
        [new("id", "int", false, IsPrimaryKey: true), new("calldate", "datetime", true), new("note", "varchar", true), new("document", "longblob", true)];

    private static readonly RangeTable Table = new("ar_cdr", "calldate", 1, Columns, "definition");

    [Theory]
    [InlineData("2026-05", true)]
    [InlineData("2026-12", true)]
    [InlineData("2026-13", false)]
    [InlineData("2026-00", false)]
    [InlineData("0000-00", false)]
    [InlineData("0000-05", false)]
    [InlineData("none", false)]
    public void KnowsTheMonthsOfTheCalendar(string month, bool expected) => Assert.Equal(expected, Months.IsCalendar(month));

    [Theory]
    [InlineData("2026-05", true)]
    [InlineData("0000-00", true)]
    [InlineData("none", true)]
    [InlineData("../../x", false)]
    [InlineData("2026/05", false)]
    [InlineData("", false)]
    public void NamesNoFileByWhatIsNoMonth(string month, bool expected) => Assert.Equal(expected, Months.IsName(month));

    [Theory]
    [InlineData("2026-05-06", "2026-05")]
    [InlineData("0000-00-00", "0000-00")]
    [InlineData("", "none")]
    public void TellsTheMonthOfADay(string day, string expected) => Assert.Equal(expected, Months.Of(day));

    [Theory]
    [InlineData("none", "`calldate` IS NULL")]
    [InlineData("0000-00", "LEFT(`calldate`, 7) = '0000-00'")]
    [InlineData("2026-05", "(`calldate` >= '2026-05-01' - INTERVAL 1 DAY AND `calldate` < '2026-05-01' + INTERVAL 1 MONTH AND LEFT(`calldate`, 7) = '2026-05')")]
    public void AsksForExactlyTheRowsOfAMonth(string month, string expected) => Assert.Equal(expected, Table.Where(month));

    [Fact]
    public void TellsNullFromTheEmptyTextAndKeepsLargeOnesOutOfTheRow() => Assert.Equal(
        "CONCAT_WS(_binary'#', `id`, `calldate`, LENGTH(`note`), `note`, LENGTH(`document`), MD5(`document`), "
        + "((`calldate` IS NULL) << 0) | ((`note` IS NULL) << 1) | ((`document` IS NULL) << 2))",
        RangeChecksum.Row(Columns));

    [Fact]
    public void AddsUpDaysToMonthsWithoutOverflow()
    {
        TableCheck check = new("sum");
        check.Add([["2026-05-01", "2", "18446744073709551615"], ["2026-05-02", "1", "1"], ["", "3", "7"]]);
        check.Add([["2026-05-01", "1", "18446744073709551615"], ["2026-06-30", "4", "5"]]);

        Assert.Equal((4, "sum:36893488147419103231"), check.ByMonth()["2026-05"]);
        Assert.Equal((4, "sum:5"), check.ByMonth()["2026-06"]);
        Assert.Equal((3, "sum:7"), check.ByMonth()["none"]);
        Assert.Equal(11, check.Rows);
        Assert.Equal([("", 3L), ("2026-05-01", 3L), ("2026-05-02", 1L), ("2026-06-30", 4L)], check.Days);
    }

    [Fact]
    public void SaysThatATableHasNoRows() => Assert.Equal((0, "sum:0"), Assert.Single(new TableCheck("sum").ByMonth()).Value);
}
