using System.Text;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Unit.Instances;

public sealed class SqlTextTests
{
    [Fact]
    public void Bytes_come_back_from_text_whatever_they_are()
    {
        var random = new Random(42);
        for (int round = 0; round < 500; round++)
        {
            byte[] bytes = new byte[random.Next(0, 60)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, ByteText.Encode(ByteText.Decode(bytes)));
        }

        Assert.Equal("é€😀\0", ByteText.Decode("é€😀\0"u8));
        Assert.Throws<ArgumentException>(() => ByteText.Encode("\ud800"));
    }

    [Theory]
    [InlineData("SELECT a FROM t", "SELECT a , CONCAT((a) IS NULL) AS asterisell_nulls FROM t")]
    [InlineData("SELECT a AS b FROM t ORDER BY b", "SELECT a AS b , CONCAT((a) IS NULL) AS asterisell_nulls ORDER", 0)]
    [InlineData("SELECT DISTINCT COUNT(*) AS n, t.x FROM t -- FROM", "SELECT DISTINCT COUNT(*) AS n, t.x , CONCAT((COUNT(*)) IS NULL, (t.x) IS NULL) AS asterisell_nulls FROM t")]
    [InlineData("SELECT 'FROM' AS x", "SELECT 'FROM' AS x, CONCAT(('FROM') IS NULL) AS asterisell_nulls")]
    [InlineData("SHOW TABLES", "SHOW TABLES")]
    public void Null_marks_stand_behind_the_columns(string sql, string expected, int whole = 1)
    {
        string text = SqlStatement.Prepare(sql, null).Text.Trim();
        if (whole == 1)
        {
            Assert.Equal(expected, text);
        }
        else
        {
            Assert.Contains("CONCAT((a) IS NULL) AS asterisell_nulls FROM t ORDER BY b", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("SELECT * FROM t")]
    [InlineData("SELECT t.* FROM t")]
    [InlineData("SELECT COUNT(*) FROM t")]
    [InlineData("SELECT a FROM t; DROP TABLE t")]
    [InlineData("SELECT 'open FROM t")]
    [InlineData("SELECT a \\! id")]
    [InlineData("SELECT @missing AS a")]
    public void What_could_be_read_wrongly_is_refused(string sql) => Assert.Throws<ArgumentException>(() => SqlStatement.Prepare(sql, null));

    [Fact]
    public void Values_are_digits_only_and_stay_out_of_texts()
    {
        var values = new Dictionary<string, object?> { ["v"] = "'; DROP TABLE x -- \\" };
        string text = SqlStatement.Prepare("SELECT @v AS a, '@v' AS b /* @v */, @@version AS c", values).Text;
        Assert.Contains("_utf8mb4 X'273B2044524F50205441424C452078202D2D205C' AS a, '@v' AS b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DROP", text, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SqlStatement.Prepare("SELECT 1 AS a", values));
        Assert.Throws<ArgumentException>(() => SqlLiteral.Encode(DateTimeOffset.UtcNow));
        Assert.Throws<ArgumentException>(() => SqlLiteral.Encode(double.NaN));
        Assert.Equal("(1,NULL,'')", SqlLiteral.Encode(new object?[] { 1, null, "" }));
    }

    [Fact]
    public void A_row_is_whole_or_refused()
    {
        string[] columns = ["a", "b", "c"];
        byte[] line = "x\\t\\n\\\\\\0y\tNULL\tNULL\t001"u8.ToArray();
        SqlRow row = BatchRow.Parse(line, columns);
        Assert.Equal(["x\t\n\\\0y", "NULL", null], row.Cells);
        for (int length = 0; length < line.Length; length++)
        {
            Assert.Throws<FormatException>(() => BatchRow.Parse(line.AsSpan(0, length), columns));
        }

        Assert.Throws<FormatException>(() => BatchRow.Parse("a\tb\tc\t010"u8, columns));
        Assert.Throws<FormatException>(() => BatchRow.Parse("a\\x\tb\tc\t000"u8, columns));
    }

    [Fact]
    public void Errors_find_their_statement_and_the_others_their_rows()
    {
        var instance = new AsterisellInstance { Name = "billing", Host = new AsterisellHost { Name = "milan", Endpoint = new Uri("unix:///x") } };
        SqlBatch batch = new SqlBatch().Add("one", "SELECT 1 AS a").Add("two", "SELECT b FROM nothing").Add("three", "SELECT c FROM t");
        string rows = "1\t0\n0\n1\n7\t0\n8\t0\n2\n";
        IReadOnlyDictionary<string, SqlAnswer> answers = batch.Read(instance, rows, "ERROR 1146 (42S02) at line 5: Table 'nothing' doesn't exist\n");
        Assert.Equal("1", answers["one"].Rows[0]["a"]);
        Assert.Equal("TableNotFound", answers["two"].Failure!.ErrorId);
        Assert.Equal(2, answers["three"].Rows.Count);

        for (int length = 0; length < rows.Length; length++)
        {
            answers = batch.Read(instance, rows[..length], "");
            Assert.Equal(length < 6, answers["one"].Failure is not null);
            Assert.Equal(length < 8, answers["two"].Failure is not null);
            Assert.NotNull(answers["three"].Failure);
        }

        answers = batch.Read(instance, "", "ERROR 1045 (28000): Access denied for user 'x'@'localhost' (using password: YES)\n");
        Assert.All(answers.Values, answer => Assert.Equal("DatabaseAccessDenied", answer.Failure!.ErrorId));
    }

    [Theory]
    [InlineData("password: plain", "plain")]
    [InlineData("password: 'it''s'", "it's")]
    [InlineData("password: \"a\\\"b\"", "a\"b")]
    [InlineData("password: pa#ss", "pa#ss")]
    [InlineData("password: pass # comment", "pass")]
    [InlineData("password: 0123", "83")]
    [InlineData("password: 123", "123")]
    [InlineData("password: @home", "@home")]
    [InlineData("password: %x", "%x")]
    [InlineData("password: a: b", "a: b")]
    [InlineData("password: ''", "")]
    [InlineData("password:", "")]
    public void Passwords_are_read_as_symfony_reads_them(string line, string expected)
    {
        string text = $"dev:\n  propel:\n    param:\n      password: wrong\nall:\n  propel:\n    class: x\n    param:\n      dsn: mysql:dbname=d;host=localhost;port=3307\n      username: u\n      {line}\n";
        DatabaseCredentials found = DatabasesYml.Parse(text);
        Assert.Equal(("d", "u", expected, "3307"), (found.Database, found.User, found.Password, found.Port));
        Assert.DoesNotContain(expected.Length > 3 ? expected : "\u0001", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_credentials_never_shows_itself()
    {
        FormatException failure = Assert.Throws<FormatException>(() => DatabasesYml.Parse("all:\n  propel:\n    param:\n      password: secret\n      database: d\n"));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        foreach (string text in new[] { "", "[", "a: &x [*x]", "\t", "all: 1", Encoding.UTF8.GetString([0xFF, 0xFE]) })
        {
            Assert.Throws<FormatException>(() => DatabasesYml.Parse(text));
        }
    }
}
