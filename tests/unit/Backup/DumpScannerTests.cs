using System.Text;
using Asterisell.Engine.Backup.Dump;

namespace Asterisell.Tests.Unit.Backup;

public class DumpScannerTests
{
    [Fact]
    public void CountsRowsOfEveryTableOfANewDump()
    {
        DumpSummary dump = Scan(DumpTexts.New);

        Assert.Null(dump.Damage);
        Assert.Equal(["ar_cdr", "ar_lock", "ar_rate", "ar_source_cdr"], dump.Tables.Order());
        Assert.Equal(3, dump.Rows["ar_cdr"]);
        Assert.Equal(0, dump.Rows["ar_lock"]);
        Assert.Equal(2, dump.Rows["ar_rate"]);
        Assert.Equal(4, dump.Rows["ar_source_cdr"]);
        Assert.StartsWith("MariaDB dump 10.19", dump.Program, StringComparison.Ordinal);
    }

    [Fact]
    public void CountsRowsOfAnOldDumpWithAllRowsInOneLine()
    {
        DumpSummary dump = Scan(DumpTexts.Old);

        Assert.Null(dump.Damage);
        Assert.Equal(["ar_user"], dump.Tables);
        Assert.Equal(3, dump.Rows["ar_user"]);
        Assert.Equal(["ar_report_to_read_user_view"], dump.Views);
    }

    [Fact]
    public void NamesViewsTriggersRoutinesAndEvents()
    {
        DumpSummary dump = Scan(DumpTexts.New);

        Assert.Equal(["ar_view_all_user_permissions"], dump.Views);
        Assert.Equal(["compile_rate_trigger"], dump.Triggers);
        Assert.Equal(["get_ported_telephone_number", "schedule_rerating"], dump.Routines.Order());
        Assert.Equal(["nightly"], dump.Events);
    }

    [Fact]
    public void GivesTheSameHoweverTheTextIsCut()
    {
        byte[] text = Encoding.UTF8.GetBytes(DumpTexts.New);
        string whole = Describe(Scan(DumpTexts.New));

        foreach (int size in new[] { 1, 2, 3, 7, 64, 1000 })
        {
            DumpScanner scanner = new();
            for (int at = 0; at < text.Length; at += size)
            {
                scanner.Feed(text.AsSpan(at, Math.Min(size, text.Length - at)));
            }

            Assert.Equal(whole, Describe(scanner.Complete()));
        }
    }

    [Fact]
    public void SeesEveryTruncation()
    {
        byte[] text = Encoding.UTF8.GetBytes(DumpTexts.New);
        int lastLine = DumpTexts.New.LastIndexOf("-- Dump completed", StringComparison.Ordinal);
        int last = Encoding.UTF8.GetByteCount(DumpTexts.New[..lastLine]) + "-- Dump completed".Length;
        for (int length = 0; length < last; length++)
        {
            DumpScanner scanner = new();
            scanner.Feed(text.AsSpan(0, length));
            Assert.True(scanner.Complete().Damage is not null, $"cut after {length} bytes");
        }
    }

    [Theory]
    [InlineData("INSERT INTO `t` VALUES\n(1);\n")]
    [InlineData("SELECT 1;\n")]
    [InlineData("x")]
    public void TakesOnlyTheLastLineForTheLast(string after)
    {
        Assert.NotNull(Scan(DumpTexts.New + after).Damage);
    }

    [Fact]
    public void IsNotDeceivedByALastLineWithinAValue()
    {
        const string Text = "CREATE TABLE `t` (`a` text);\nINSERT INTO `t` VALUES\n('\n-- Dump completed on 2024-01-01  1:00:00\n";

        Assert.Equal("it ends in the middle of a statement", Scan(Text).Damage);
    }

    [Fact]
    public void ReadsColumnListsAndQuotedNames()
    {
        DumpSummary dump = Scan("CREATE TABLE `a``b` (`x (y` int);\nINSERT INTO `a``b` (`x (y`, `VALUES`) VALUES (1,'a''b);'),(2,'\\'(');\n-- Dump completed\n");

        Assert.Null(dump.Damage);
        Assert.Equal(2, dump.Rows["a`b"]);
    }

    [Fact]
    public void CountsAMillionRowsWithoutGrowing()
    {
        DumpScanner scanner = new();
        scanner.Feed("CREATE TABLE `t` (`a` int);\n"u8);
        byte[] rows = Encoding.UTF8.GetBytes("INSERT INTO `t` VALUES\n" + string.Join(",\n", Enumerable.Repeat("(1,'it''s \\\\ (quoted)',NULL)", 1000)) + ";\n");
        scanner.Feed(rows);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 1000; i++)
        {
            scanner.Feed(rows);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
        scanner.Feed("-- Dump completed\n"u8);
        Assert.Equal(1_000_000, scanner.Complete().Rows["t"]);
    }

    internal static DumpSummary Scan(string text)
    {
        DumpScanner scanner = new();
        scanner.Feed(Encoding.UTF8.GetBytes(text));
        return scanner.Complete();
    }

    private static string Describe(DumpSummary dump) => string.Join(
        '|',
        dump.TextBytes, dump.Program, dump.Damage, string.Join(',', dump.Rows), string.Join(',', dump.Tables), string.Join(',', dump.Views),
        string.Join(',', dump.Triggers), string.Join(',', dump.Routines), string.Join(',', dump.Events));
}
