using System.Text;
using Asterisell.Engine.Backup.Dump;

namespace Asterisell.Tests.Unit.Backup;

public class RowRouterTests
{
    private const string Head = "-- MariaDB dump 10.19\n--\n-- Host: localhost\n/*!40101 SET NAMES utf8mb4 */;\n\n";

    private const string Begin = Head + "--\n-- Dumping data for table `aa`\n--\n\n";

    private const string Tail = "/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;\n\n-- Dump completed\n";

    /// <summary>As of MariaDB 10.11, where each row has a line of its own.</summary>
    private const string New = Begin + """
        LOCK TABLES `aa` WRITE;
        INSERT INTO `aa` VALUES
        (1,'UNLOCK TABLES;'),
        (2,'x');
        UNLOCK TABLES;

        --
        -- Dumping data for table `calls`
        --

        LOCK TABLES `calls` WRITE;
        /*!40000 ALTER TABLE `calls` DISABLE KEYS */;
        INSERT INTO `calls` VALUES
        (1,'a,(b)\'','2026-01-31 23:59:59',0x41,NULL),
        (2,'','2026-02-01 00:00:00',0x,'2026-03-03'),
        (3,NULL,NULL,0x42,'it\\');
        INSERT INTO `calls` VALUES
        (4,');\n(5','0000-00-00 00:00:00',-1.5e10,''),
        (6,'x','2026-01-01 00:00:00',0x43,'y');
        /*!40000 ALTER TABLE `calls` ENABLE KEYS */;
        UNLOCK TABLES;

        --
        -- Dumping data for table `zz`
        --

        LOCK TABLES `zz` WRITE;
        UNLOCK TABLES;

        """ + Tail;

    /// <summary>As of MariaDB 10.1, where all rows are one line.</summary>
    private const string Old = Begin + """
        LOCK TABLES `calls` WRITE;
        INSERT INTO `calls` VALUES (1,'a','2026-01-31 23:59:59',1),(2,'b','2026-02-01 00:00:00',2),(3,'c','2026-01-01 00:00:00',3);
        UNLOCK TABLES;

        """ + Tail;

    [Fact]
    public void PartsRowsByMonthAndKeepsThemAsTheyAre()
    {
        Dictionary<string, string> parts = Route(New, new() { ["calls"] = 2 });

        Assert.Equal(["*", "calls 0000-00", "calls 2026-01", "calls 2026-02", "calls none"], parts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            Head + "LOCK TABLES `calls` WRITE;\n/*!40000 ALTER TABLE `calls` DISABLE KEYS */;\n"
            + "INSERT INTO `calls` VALUES\n(1,'a,(b)\\'','2026-01-31 23:59:59',0x41,NULL),\n(6,'x','2026-01-01 00:00:00',0x43,'y');\n"
            + "/*!40000 ALTER TABLE `calls` ENABLE KEYS */;\nUNLOCK TABLES;\n" + Tail,
            parts["calls 2026-01"]);
        Assert.Contains("\n(3,NULL,NULL,0x42,'it\\\\');\n", parts["calls none"], StringComparison.Ordinal);
        Assert.Contains("\n(4,');\\n(5','0000-00-00 00:00:00',-1.5e10,'');\n", parts["calls 0000-00"], StringComparison.Ordinal);
        Assert.Contains("(1,'UNLOCK TABLES;'),\n(2,'x');\nUNLOCK TABLES;\n\n--\n", parts["*"], StringComparison.Ordinal);
        Assert.Contains("LOCK TABLES `zz` WRITE;\nUNLOCK TABLES;\n", parts["*"], StringComparison.Ordinal);
        Assert.DoesNotContain("LOCK TABLES `calls`", parts["*"], StringComparison.Ordinal);
        Assert.All(parts.Values, part => Assert.Null(Scan(part).Damage));
        Assert.Equal([("0000-00", 1L), ("2026-01", 2L), ("2026-02", 1L), ("none", 1L)], parts
            .Where(part => part.Key != "*").Select(part => (part.Key[6..], Scan(part.Value).Rows["calls"])).Order());
    }

    [Fact]
    public void ReadsRowsThatStandInOneLine()
    {
        Dictionary<string, string> parts = Route(Old, new() { ["calls"] = 2 });

        Assert.Contains("\n(1,'a','2026-01-31 23:59:59',1),\n(3,'c','2026-01-01 00:00:00',3);\n", parts["calls 2026-01"], StringComparison.Ordinal);
        Assert.Contains("\n(2,'b','2026-02-01 00:00:00',2);\n", parts["calls 2026-02"], StringComparison.Ordinal);
        Assert.Equal(2, parts.Count);
    }

    [Fact]
    public void GivesTheSameHoweverTheTextIsCut()
    {
        string whole = Describe(Route(New, new() { ["calls"] = 2 }));

        for (int size = 1; size < 40; size++)
        {
            Assert.Equal(whole, Describe(Route(New, new() { ["calls"] = 2 }, size)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void TakesADateInTheFirstAndInTheLastColumn(int column)
    {
        string row = string.Join(',', Enumerable.Range(0, 4).Select(at => at == column ? "'2026-05-06 07:08:09'" : $"'{at}'"));
        Dictionary<string, string> parts = Route($"{Head}LOCK TABLES `t` WRITE;\nINSERT INTO `t` VALUES\n({row});\nUNLOCK TABLES;\n{Tail}", new() { ["t"] = column });

        Assert.Contains($"\n({row});\n", parts["t 2026-05"], StringComparison.Ordinal);
    }

    [Fact]
    public void SaysThatATableHasNoRowsUnlessOnlySomeWereAsked()
    {
        const string Empty = Head + "LOCK TABLES `calls` WRITE;\nUNLOCK TABLES;\n" + Tail;

        KeyValuePair<string, string> part = Assert.Single(Route(Empty, new() { ["calls"] = 2 }));

        Assert.Equal("calls none", part.Key);
        Assert.Equal(0, Scan(part.Value).Rows["calls"]);
        Assert.Empty(Route(Empty, new() { ["calls"] = 2 }, isComplete: false));
    }

    [Theory]
    [InlineData("INSERT INTO `calls` VALUES\n(1,'a,(b)", "INSERT INTO `calls` (`id`,`x`) VALUES\n(1,'a,(b)", "in an unknown way")]
    [InlineData("'2026-01-31 23:59:59'", "1", "is none")]
    [InlineData("),\n(2,'',", ")x\n(2,'',", "stands something else")]
    [InlineData(",'2026-02-01 00:00:00',0x,'2026-03-03'),", "),", "too few columns")]
    [InlineData("--\n-- Dumping data for table `zz`", "commit;\n-- Dumping data for table `zz`", "belongs to no table")]
    [InlineData("UNLOCK TABLES;\n/*!40103", "/*!40103", "in the middle of a table")]
    public void RefusesWhatMysqldumpDoesNotWrite(string from, string to, string expected)
    {
        string text = New.Replace(from, to);
        Assert.NotEqual(New, text);

        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Route(text, new() { ["calls"] = 2 }));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BeginsANewStatementAfterAMegabyte()
    {
        string rows = string.Join(",\n", Enumerable.Range(0, 30_000).Select(id => $"({id},'{new string('x', 80)}','2026-01-01 00:00:00')"));
        string part = Route($"{Head}LOCK TABLES `t` WRITE;\nINSERT INTO `t` VALUES\n{rows};\nUNLOCK TABLES;\n{Tail}", new() { ["t"] = 2 }, 65_536)["t 2026-01"];

        Assert.Equal(5, part.Split("INSERT INTO").Length);
        Assert.Equal(30_000, Scan(part).Rows["t"]);
    }

    private static Dictionary<string, string> Route(string text, Dictionary<string, int> split, int size = int.MaxValue, bool isComplete = true)
    {
        Dictionary<string, Kept> parts = [];
        RowRouter router = new(split, isComplete, (table, month) =>
        {
            Kept part = new();
            parts.Add(month is null ? "*" : $"{table} {month}", part);
            return part;
        });
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int at = 0; at < bytes.Length; at += Math.Min(size, bytes.Length - at))
        {
            router.Feed(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
        }

        router.Complete();
        foreach ((string table, string month, long rows) in router.Parted)
        {
            Assert.Equal(rows, Scan(parts[$"{table} {month}"].Text).Rows[table]);
        }

        return parts.ToDictionary(part => part.Key, part => part.Value.Text);
    }

    private static DumpSummary Scan(string text)
    {
        DumpScanner scanner = new();
        scanner.Feed(Encoding.UTF8.GetBytes(text));
        return scanner.Complete();
    }

    private static string Describe(Dictionary<string, string> parts) =>
        string.Concat(parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"[{part.Key}]{part.Value}"));

    private sealed class Kept : IPieceText
    {
        private readonly System.Buffers.ArrayBufferWriter<byte> _text = new();

        public string Text => Encoding.UTF8.GetString(_text.WrittenSpan);

        public void Write(ReadOnlySpan<byte> text) => System.Buffers.BuffersExtensions.Write(_text, text);
    }
}
