using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration.Instances;

[Collection(OneDatabase.Name)]
public sealed class DatabaseTests(DatabaseContainer container)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IInstanceDatabase Database => container.Instance.Database;

    [Fact]
    public async Task Null_empty_and_the_word_stay_apart()
    {
        SqlRow row = Assert.Single(await RowsAsync("SELECT NULL AS a, '' AS b, 'NULL' AS c, 'null' AS d, 0 AS e, '\\\\N' AS f"));
        Assert.Equal([null, "", "NULL", "null", "0", "\\N"], row.Cells);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], row.Columns);
    }

    [Fact]
    public async Task Every_byte_alone_and_between_others_survives_both_ways()
    {
        for (int start = 0; start < 256; start += 32)
        {
            Dictionary<string, object?> values = Enumerable.Range(start, 32)
                .SelectMany(b => new (string, object?)[] { ($"alone{b}", new[] { (byte)b }), ($"between{b}", new[] { (byte)'a', (byte)b, (byte)'b', (byte)b }) })
                .ToDictionary(pair => pair.Item1, pair => pair.Item2);
            SqlRow row = Assert.Single(await RowsAsync("SELECT " + string.Join(", ", values.Keys.Select(name => $"@{name} AS {name}")), values));
            Assert.All(values, value => Assert.Equal((byte[])value.Value!, row.Bytes(value.Key)));
        }
    }

    [Fact]
    public async Task Random_bytes_survive()
    {
        var random = new Random(20171004);
        for (int round = 0; round < 20; round++)
        {
            byte[] bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            const string Alphabet = "a\0\t\n\r\\'\"`é€ \u001a\u0085NULL";
            string text = new([.. Enumerable.Range(0, 500).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            SqlRow row = Assert.Single(await RowsAsync(
                "SELECT @bytes AS b, @text AS t, HEX(@bytes) AS h", new() { ["bytes"] = bytes, ["text"] = text }));
            Assert.Equal(bytes, row.Bytes("b"));
            Assert.Equal(text, row["t"]);
            Assert.Equal(Convert.ToHexString(bytes), row["h"]);
        }
    }

    [Fact]
    public async Task Large_and_awkward_cells_survive_a_table()
    {
        await Database.ExecuteAsync("CREATE OR REPLACE TABLE awkward (id INT PRIMARY KEY, t LONGTEXT, b LONGBLOB)", null, None);
        string large = string.Concat(Enumerable.Repeat("Gespräch 😀\n\t\\ \0 'x' \"y\" <&>", 2000));
        byte[] pdf = new byte[500_000];
        new Random(7).NextBytes(pdf);
        Dictionary<string, object?> values = new() { ["id"] = 1, ["large"] = large, ["pdf"] = pdf };
        Assert.Equal(1, await Database.ExecuteAsync("INSERT INTO awkward VALUES (@id, @large, @pdf)", values, None));
        Assert.Equal(2, await Database.ExecuteAsync("INSERT INTO awkward VALUES (2, NULL, NULL), (3, 'NULL', '')", null, None));
        Assert.Equal(3, await Database.ExecuteAsync("UPDATE awkward SET id = id + 10", null, None));
        Assert.Equal(0, await Database.ExecuteAsync("UPDATE awkward SET id = id WHERE id = 99", null, None));
        List<SqlRow> rows = await RowsAsync("SELECT a.id, t, `b` FROM awkward AS a WHERE id IN @ids ORDER BY id DESC", new() { ["ids"] = new[] { 11, 12, 13 } });
        Assert.Equal(["13", "12", "11"], rows.Select(row => row["id"]));
        Assert.Equal(("NULL", ""), (rows[0]["t"], rows[0]["b"]));
        Assert.Equal((null, null), (rows[1]["t"], rows[1]["b"]));
        Assert.Equal(large, rows[2]["t"]);
        Assert.Equal(pdf, rows[2].Bytes("b"));
    }

    [Fact]
    public async Task Values_are_never_read_as_SQL()
    {
        foreach (string text in new[] { "'; DROP TABLE x; --", "\\", "\\'", "%_", "@name", "\"", "/*", "\u0000", "x' OR '1'='1", "ＡＢ'", "" })
        {
            SqlRow row = Assert.Single(await RowsAsync("SELECT @text AS t, '@text' AS quoted /* @text */ -- @text", new() { ["text"] = text }));
            Assert.Equal((text, "@text"), (row["t"], row["quoted"]));
        }

        SqlRow numbers = Assert.Single(await RowsAsync(
            "SELECT @i AS i, @d AS d, @f AS f, @t AS t, @b AS b, @n AS n, @day AS day",
            new() { ["i"] = long.MinValue, ["d"] = -12345678901234.5678m, ["f"] = 0.1, ["t"] = new DateTime(2024, 3, 31, 2, 30, 0), ["b"] = true, ["n"] = null, ["day"] = new DateOnly(2024, 2, 29) }));
        Assert.Equal((long.MinValue, -12345678901234.5678m), (numbers.Whole("i"), numbers.Number("d")));
        Assert.Equal((0.1m, new DateTime(2024, 3, 31, 2, 30, 0), 1L), (numbers.Number("f"), numbers.Time("t"), numbers.Whole("b")));
        Assert.Equal((null, "2024-02-29"), (numbers["n"], numbers["day"]));
    }

    [Fact]
    public async Task A_union_a_group_and_a_statement_that_is_no_select_are_read()
    {
        List<SqlRow> rows = await RowsAsync("SELECT DISTINCT 1 AS a, NULL AS b UNION ALL SELECT 2, 'x' AS b ORDER BY a DESC");
        Assert.Equal([["2", "x"], ["1", null]], rows.Select(row => row.Cells.ToArray()));
        rows = await RowsAsync("SELECT COUNT(*) AS n, MAX(x) AS top, CASE WHEN 1 THEN 'a,b' END AS c FROM (SELECT NULL AS x) AS t GROUP BY x HAVING COUNT(*) > 0 LIMIT 5");
        Assert.Equal(["1", null, "a,b"], Assert.Single(rows).Cells);
        rows = await RowsAsync("SHOW VARIABLES LIKE 'character_set_client'");
        Assert.Equal("utf8mb4", Assert.Single(rows)["Value"]);
        Assert.Contains(await RowsAsync("SHOW FULL PROCESSLIST"), row => row["User"] == "billing");
        Assert.Empty(await RowsAsync("SHOW TABLES LIKE 'nothing'"));
        Assert.Empty(await RowsAsync("SELECT 1 AS a FROM DUAL WHERE 0"));
        await Assert.ThrowsAsync<ArgumentException>(() => RowsAsync("SELECT * FROM awkward"));
        await Assert.ThrowsAsync<ArgumentException>(() => RowsAsync("SELECT 1 AS a; DROP TABLE awkward"));
        await Assert.ThrowsAsync<ArgumentException>(() => RowsAsync("SELECT @missing AS a"));
    }

    [Theory]
    [InlineData("SELECT 1 AS a FROM no_such_table", "TableNotFound", 1146)]
    [InlineData("SELEC 1", "StatementInvalid", 1064)]
    [InlineData("SELECT no_such_column FROM mysql.user", "DatabasePrivilegeMissing", 1142)]
    [InlineData("SHOW CREATE TABLE billing.nothing", "TableNotFound", 1146)]
    [InlineData("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a trigger says no'", "DatabaseFailed", 1644)]
    public async Task Errors_of_MariaDB_have_a_type(string sql, string errorId, int code)
    {
        DatabaseException failure = await Assert.ThrowsAsync<DatabaseException>(() => RowsAsync(sql));
        Assert.Equal((errorId, code, container.Instance.Definition.ToString()), (failure.ErrorId, failure.ServerCode, failure.Target));
    }

    [Fact]
    public async Task An_error_after_the_first_rows_is_not_an_end()
    {
        await Database.ExecuteAsync("CREATE OR REPLACE TABLE numbers (n INT)", null, None);
        await Database.ExecuteAsync("INSERT INTO numbers SELECT seq FROM seq_1_to_20000", null, None);
        int rows = 0;
        DatabaseException failure = await Assert.ThrowsAsync<DatabaseException>(async () =>
        {
            await foreach (SqlRow _ in Database.QueryAsync("SELECT IF(n = 20000, (SELECT n FROM numbers), n) AS n FROM numbers", null, None))
            {
                rows++;
            }
        });
        Assert.Equal(1242, failure.ServerCode);
        Assert.True(rows > 0);
    }

    [Fact]
    public async Task A_connection_killed_in_the_middle_is_not_an_end()
    {
        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(async () =>
        {
            bool killed = false;
            await foreach (SqlRow row in Database.QueryAsync("SELECT CONNECTION_ID() AS id, REPEAT('x', 1000) AS x FROM seq_1_to_1000000", null, None))
            {
                if (!killed)
                {
                    killed = true;
                    await container.ExecAsync("mariadb", "-e", $"KILL {row["id"]}");
                }
            }
        });
        Assert.Equal("DatabaseConnectionLost", failure.ErrorId);
    }

    [Fact]
    public async Task A_cancelled_statement_ends_in_the_server_too()
    {
        using var stop = new CancellationTokenSource();
        Task query = RowsAsync("SELECT SLEEP(4711) AS s", null, stop.Token);
        await UntilAsync(async () => (await ServerSaysAsync()).Contains("SLEEP(4711)", StringComparison.Ordinal));
        long cancelled = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        TimeSpan took = Stopwatch.GetElapsedTime(cancelled);
        Assert.DoesNotContain("SLEEP(4711)", await ServerSaysAsync(), StringComparison.Ordinal);
        Assert.True(took < TimeSpan.FromSeconds(2), $"took {took}");
    }

    [Fact]
    public async Task Rows_given_up_end_the_client_and_the_statement()
    {
        await foreach (SqlRow row in Database.QueryAsync("SELECT seq AS n, SLEEP(0) AS never, 'give up' AS mark FROM seq_1_to_100000000", null, None))
        {
            Assert.Equal("1", row["n"]);
            break;
        }

        Assert.DoesNotContain("give up", await ServerSaysAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("--quick", await container.ExecAsync("ps", "-eo", "args"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_million_rows_keep_memory_flat()
    {
        long rows = 0;
        long sum = 0;
        long peak = 0;
        GC.Collect();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (SqlRow row in Database.QueryAsync("SELECT seq AS n, 'some text to carry' AS t, NULL AS nothing FROM seq_1_to_1000000", null, None))
        {
            sum += row.Whole("n")!.Value;
            if (++rows % 100_000 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal((1_000_000L, 500_000_500_000L), (rows, sum));
        Assert.True(peak < 8 * 1024 * 1024, $"{peak} bytes");
    }

    [Fact]
    public async Task The_password_is_seen_by_nobody()
    {
        await Database.ExecuteAsync("DO SLEEP(0)", null, None);
        await using IExecProcess client = await Database.StartClientAsync("mysql", ["--batch", "-e", "SELECT SLEEP(99)"], false, None);
        await UntilAsync(async () => (await ServerSaysAsync()).Contains("SLEEP(99)", StringComparison.Ordinal));
        string seen = await container.ExecAsync(
            "bash", "-c", "for p in /proc/[0-9]*; do tr '\\0' '\\n' < $p/cmdline; tr '\\0' '\\n' < $p/environ; done 2>/dev/null; find /tmp /var/tmp /dev/shm /run -type f -newermt '-1 minute' -exec cat {} + 2>/dev/null");
        Assert.Contains("--defaults-extra-file=/dev/fd/3", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("a#b;", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("password=", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_program_reads_what_it_is_given()
    {
        IExecProcess client = await Database.StartClientAsync("mysql", ["--batch", "--skip-column-names"], attachInput: true, None);
        await using (client)
        {
            await client.Input.WriteAsync("SELECT 'über', DATABASE();"u8.ToArray());
            await client.CompleteInputAsync(None);
            var text = new StringBuilder();
            await foreach (OutputChunk chunk in client.ReadOutputAsync(None))
            {
                text.Append(Encoding.UTF8.GetString(chunk.Data.Span));
            }

            Assert.Equal("über\tbilling\n", text.ToString());
            Assert.Equal(0, await client.GetExitCodeAsync(None));
        }

        Assert.Equal(new DatabaseIdentity("billing", "billing", "usr_billing"), await Database.IdentifyAsync(None));
    }

    [Fact]
    public async Task Options_of_the_operator_do_not_spoil_the_answers()
    {
        await container.ExecAsync(
            "bash", "-c", "printf '[client]\\nuser=wrong\\npassword=wrong\\n[mysql]\\nraw\\ntable\\nhtml\\nforce\\nsafe-updates\\nvertical\\n' | tee /root/.my.cnf > /etc/mysql/conf.d/zz.cnf");
        try
        {
            Assert.Equal("a\tb\n", Assert.Single(await RowsAsync("SELECT 'a\\tb\\n' AS x"))["x"]);
            await Assert.ThrowsAsync<DatabaseException>(() => RowsAsync("SELECT 1 AS a FROM no_such_table"));
        }
        finally
        {
            await container.ExecAsync("rm", "/root/.my.cnf", "/etc/mysql/conf.d/zz.cnf");
        }
    }

    private Task<string> ServerSaysAsync() => container.ExecAsync("mariadb", "-e", "SELECT info FROM information_schema.processlist WHERE user = 'billing'");

    private async Task<List<SqlRow>> RowsAsync(string sql, Dictionary<string, object?>? values = null, CancellationToken cancellation = default)
    {
        var rows = new List<SqlRow>();
        await foreach (SqlRow row in Database.QueryAsync(sql, values, cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async Task UntilAsync(Func<Task<bool>> test)
    {
        for (long start = Stopwatch.GetTimestamp(); !await test();)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        }
    }
}
