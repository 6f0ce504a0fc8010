using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Backup.Undo;
using Asterisell.Engine.Operations;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>Undo points as the application stores them, whole and broken.</summary>
public sealed class UndoTests
{
    private const string Head = "/*M!999999\\- enable the sandbox mode */\n-- MariaDB dump\n/*!40101 SET NAMES utf8mb4 */;\nLOCK TABLES `ar_party` WRITE;\n";
    private const string End = "UNLOCK TABLES;\n\n-- Dump completed\n";

    [Fact]
    public async Task Rows_are_read_whatever_their_texts_hold()
    {
        const string Rows = "INSERT INTO `ar_party` VALUES\n(1,'a,b) ;\\'\\\\',NULL,-1.5),\n(2,'Söhne\\n\\0',0x41,1e-05);\nINSERT INTO `ar_user` VALUES (7,'x'),(8,'');\n";
        List<DumpRow> rows = await ReadAsync(Head + Rows + End);
        Assert.Equal(["ar_party", "ar_party", "ar_user", "ar_user"], rows.Select(row => row.Table));
        Assert.Equal(["1", "'a,b) ;\\'\\\\'", "NULL", "-1.5"], rows[0].Literals);
        Assert.Equal("a,b) ;'\\", DumpRow.Read(rows[0].Literals[1]));
        Assert.Null(DumpRow.Read(rows[0].Literals[2]));
        Assert.Equal("Söhne\n\0", DumpRow.Read(rows[1].Literals[1]));
        Assert.Equal("", DumpRow.Read(rows[3].Literals[1]));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("INSERT INTO `ar_party` VALUES\n(1,'a'),\n(2,", "a row is cut off")]
    [InlineData("INSERT INTO `ar_party` VALUES\n(1,'a'),\n", "it is cut off: its last line is not '-- Dump completed'")]
    [InlineData("INSERT INTO `ar_party` VALUES\n(1,'a');\n", "it is cut off: its last line is not '-- Dump completed'")]
    [InlineData("INSERT INTO `ar_params` VALUES\n(1,'a');\n-- Dump completed\n", "it holds rows of something else than organizations: INSERT INTO `ar_params` VALUES")]
    [InlineData("INSERT INTO `ar_party` VALUES\n(1,SLEEP(9));\n-- Dump completed\n", "a cell is no value")]
    [InlineData("INSERT INTO `ar_party` VALUES\n(1,'a'); DROP TABLE ar_cdr;\n-- Dump completed\n", "something stands behind a statement")]
    [InlineData("-- Dump completed\nINSERT INTO `ar_party` VALUES (1);\n", "it is cut off: its last line is not '-- Dump completed'")]
    public async Task What_is_no_whole_dump_of_organizations_is_refused(string text, string why) =>
        Assert.Equal(why, (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(text))).Message);

    [Fact]
    public async Task A_blob_is_base64_of_zlib()
    {
        Assert.Equal("text", await UnpackAsync(Pack("text"u8.ToArray())));
        Assert.Equal("", await UnpackAsync("eJwDAAAAAAE="));
        Assert.Equal("it is not base64", (await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync("%%%%"))).Message);
        Assert.Equal("it is not a zlib stream, or a damaged one", (await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync("AAAABBBB"))).Message);
    }

    [Fact]
    public async Task A_blob_that_unpacks_to_more_than_the_limit_is_given_up()
    {
        string bomb = Pack(new byte[4 * 1024 * 1024]);
        Assert.True(bomb.Length < 10_000);
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(bomb, 1024 * 1024));
        Assert.Equal("it unpacks to more than 1 MiB", failure.Message);
    }

    [Fact]
    [SuppressMessage("Security", "CA5351", Justification = "The application's own checksum.")]
    public async Task Every_cut_and_every_flip_of_a_point_is_noticed()
    {
        byte[] dump = Encoding.UTF8.GetBytes(Head + "INSERT INTO `ar_party` VALUES\n(1,'a'),\n(2,'b');\n" + End);
        string content = Pack(dump);
        string md5 = Convert.ToHexString(MD5.HashData(dump)).ToLowerInvariant();
        Assert.Equal(2, await CountAsync(content, md5));
        // Without zlib's own checksum, the last four bytes, it is still all there, as the MD5 proves.
        for (int length = 0; length < content.Length - 8; length++)
        {
            string cut = content[..length];
            await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(cut, md5));
        }

        for (int at = 0; at < content.TrimEnd('=').Length; at++)
        {
            string flipped = content[..at] + (content[at] == 'A' ? 'B' : 'A') + content[(at + 1)..];
            try
            {
                // Bits that base64 or deflate leave out may change; then the content is the same.
                Assert.Equal(2, await CountAsync(flipped, md5));
                Assert.Equal(Encoding.UTF8.GetString(dump), await UnpackAsync(flipped));
            }
            catch (InvalidDataException)
            {
                // Noticed.
            }
        }
    }

    [Fact]
    public async Task Changes_are_told_by_key()
    {
        OrganizationTables tables = OrganizationTables.Of("ar_party", ("id", true), ("name", false));
        RowIndex before = await IndexAsync(tables, "(1,'a'),(2,'b'),(3,'c')");
        RowIndex after = await IndexAsync(tables, "(1,'a'),(2,'B'),(4,'d'),(5,'e')");
        Assert.Equal("party: 2 added, 1 changed, 1 removed", after.ChangesFrom(before).ToString());
        Assert.True(after.ChangesFrom(after).IsEmpty);
        Assert.Equal(4, after.CountOf("ar_party"));
        await Assert.ThrowsAsync<InvalidDataException>(() => IndexAsync(tables, "(1,'a','from another version')"));
    }

    [Theory]
    [InlineData("password: abc\n", "password: ********\n")]
    [InlineData("- \"md5_password\": 'x y'\n  name: jane\n", "- \"md5_password\": ********\n  name: jane\n")]
    [InlineData("note: $2y$10$abcdefghijklmnopqrstuuJ8vCxwzm8s8sM7qjD0p4b1xg2Zk9J2e!\n", "note: ********!\n")]
    [InlineData("name: no secret\n", "name: no secret\n")]
    public void Secrets_are_masked(string text, string shown) => Assert.Equal(shown, SecretMask.Text(text));

    [Fact]
    public void The_application_talks_around_its_export() => Assert.Equal(
        "---\norganizations:\n- id: 1\n...\n",
        OrganizationExport.Cut("\nOk: there are no running Jobs.\n---\norganizations:\n- id: 1\n...\n\nWARNING:\n  all cron jobs are locked. Unlock them with\n"));

    private static async Task<RowIndex> IndexAsync(OrganizationTables tables, string rows) => await RowIndex.ReadAsync(
        tables, new DumpRows().ReadAsync(Text($"INSERT INTO `ar_party` VALUES {rows};\n-- Dump completed\n"), CancellationToken.None), CancellationToken.None);

    private static async Task<int> CountAsync(string content, string md5)
    {
        int count = 0;
        await foreach (DumpRow _ in new OrganizationPoint(1, null, null, md5, content, content.Length).RowsAsync(new DumpRows(), CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private static async Task<List<DumpRow>> ReadAsync(string text)
    {
        List<DumpRow> rows = [];
        await foreach (DumpRow row in new DumpRows().ReadAsync(Text(text), CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> UnpackAsync(string cell, long limit = UndoBlob.MostBytes)
    {
        using var reader = new StreamReader(UndoBlob.Open(cell, limit));
        return await reader.ReadToEndAsync();
    }

    private static string Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(text);
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
