using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup;

[SupportedOSPlatform("linux")]
public class BackupVerifierTests
{
    [Theory]
    [InlineData(BackupTestLevel.Manifest)]
    [InlineData(BackupTestLevel.Content)]
    public async Task PassesWhatIsWhole(BackupTestLevel level)
    {
        using TemporaryFolder folder = new();

        BackupVerdict verdict = await TestAsync(await Snapshots.MakeAsync(folder.Path), level);

        Assert.Empty(verdict.Findings);
        Assert.True(verdict.Passed);
    }

    [Fact]
    public async Task CallsNothingRestoredThatWasOnlyRead()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new BackupVerifier(TimeProvider.System).TestAsync(backup, BackupTestLevel.Restore, null, default));
    }

    [Fact]
    public async Task ReadsEveryByteForContent()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);

        Assert.Equal(backup.SizeBytes, (await TestAsync(backup)).BytesRead);
    }

    [Fact]
    public async Task FindsADumpThatIsTruncatedAlthoughAllElseAgrees()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        string cut = PieceTexts.Rows[..PieceTexts.Rows.LastIndexOf("-- Dump completed", StringComparison.Ordinal)];
        await ReplacePieceAsync(backup.Path, SnapshotLayout.Rows, PieceTexts.Rows, cut);

        BackupVerdict verdict = await TestAsync(backup);

        BackupFinding finding = Assert.Single(verdict.Findings);
        Assert.Equal("database/rows.sql.gz: the dump is not whole: its last line is not '-- Dump completed'", finding.ToString());
    }

    [Theory]
    [InlineData(SnapshotLayout.Rows, "(2,'it\\'s (quoted), \\\\'),\n", "", "the number of rows of ar_cdr is wrong (expected 3, found 2)")]
    [InlineData(SnapshotLayout.Rows, "LOCK TABLES `ar_lock` WRITE;", "", "the rows of ar_lock are missing")]
    [InlineData(SnapshotLayout.Rows, "LOCK TABLES `ar_lock` WRITE;", "LOCK TABLES `ar_lacking` WRITE;", "rows of ar_lacking are not in the manifest")]
    [InlineData(SnapshotLayout.Structure, "CREATE TABLE `ar_lock`", "CREATE TABLE `ar_lack`", "the table ar_lock is missing")]
    [InlineData(SnapshotLayout.Structure, "CREATE TABLE `ar_lock`", "INSERT INTO `ar_lock` VALUES (1);\nCREATE TABLE `ar_lock`", "it holds rows")]
    [InlineData(SnapshotLayout.Objects, "TRIGGER `compile_rate_trigger`", "TRIGGER `other`", "the trigger compile_rate_trigger is missing")]
    public async Task FindsADumpWithOtherContentAlthoughAllElseAgrees(string piece, string from, string to, string expected)
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        string text = piece switch
        {
            SnapshotLayout.Structure => PieceTexts.Structure,
            SnapshotLayout.Rows => PieceTexts.Rows,
            _ => PieceTexts.Objects,
        };
        await ReplacePieceAsync(backup.Path, piece, text, text.Replace(from, to));

        BackupVerdict verdict = await TestAsync(backup);

        Assert.Contains(verdict.Findings, finding => finding.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"rows\": 3,\n        \"rowsCounted\": 3", "\"rows\": 4,\n        \"rowsCounted\": 4", "rows of ar_cdr")]
    [InlineData("\"rowsCounted\": 4", "\"rowsCounted\": 5", "the rows of ar_source_cdr differ")]
    [InlineData("\"day\": \"2024-04-30\",\n        \"rows\": 3", "\"day\": \"2024-04-30\",\n        \"rows\": 2", "the days of ar_cdr do not add up")]
    [InlineData("\"entries\": 11", "\"entries\": 10", "the number of entries")]
    [InlineData("\"files\": 8", "\"files\": 7", "the number of files")]
    [InlineData("\"textBytes\": ", "\"textBytes\": 1", "another length")]
    [InlineData("\"snapshot\": \"20240501T021500Z\"", "\"snapshot\": \"20240501T021501Z\"", "another snapshot")]
    [InlineData("\"startedAt\": \"2024-05-01T02:15:00.25", "\"startedAt\": \"2024-05-01T02:15:01.25", "its begin is not the time")]
    [InlineData("\"finishedAt\": \"2024-05-01", "\"finishedAt\": \"2024-04-01", "ended before it began")]
    [InlineData("\"name\": \"billing\"", "\"name\": \"billing2\"", "another snapshot")]
    [InlineData("\"name\": \"ar_cdr\"", "\"name\": \"ar_xdr\"", "no table ar_cdr")]
    [InlineData("\"ar_view_all_user_permissions\"", "\"ar_view\"", "the view ar_view is missing")]
    [InlineData("\"path\": \"database/rows.sql.gz\"", "\"path\": \"etc\"", "it is not in the listing")]
    [InlineData("\"path\": \"database/rows.sql.gz\"", "\"path\": \"database/structure.sql.gz\"", "is named twice")]
    [InlineData("\"kind\": \"Structure\"", "\"kind\": \"Objects\"", "not in the order of loading")]
    [InlineData("\"kind\": \"Structure\"", "\"kind\": \"Data\"", "no piece of the kind Structure")]
    [InlineData("\"ar_cdr\": 3", "\"ar_cdr\": 2", "the pieces do not hold the rows of ar_cdr")]
    [InlineData("\"ar_lock\": 0", "\"ar_lick\": 0", "the pieces hold rows of ar_lick, which is no table")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "its format version is 2, this module reads version 1: a newer module is needed")]
    [InlineData("\"format\": \"asterisell-snapshot\"", "\"format\": \"other\"", "not the manifest of an Asterisell snapshot")]
    [InlineData("\"views\": [", "\"vista\": [", "it is not a manifest")]
    [InlineData("\"dumpedAs\": \"root\"", "\"dumpedAs\": null", "one of its values is null")]
    [InlineData("\"rows\": 3", "\"rows\": -3", "the impossible number -3")]
    [InlineData("\"rows\": 3", "\"rows\": 9223372036854775807", "the impossible number")]
    public async Task FindsAManifestThatLies(string from, string to, string expected)
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        await Manifests.ChangeAsync(backup.Path, text => text.Replace(from, to));

        BackupVerdict verdict = await TestAsync(backup);

        Assert.False(verdict.Passed);
        Assert.Contains(verdict.Findings, finding => finding.IsFailure && finding.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("files/etc/hosts\"", "../../../../etc/hosts\"", "leads out of the snapshot")]
    [InlineData("files/etc/hosts\"", "files/etc/empty\"", "listed twice")]
    [InlineData("files/etc/hosts\"", "files/etc/none\"", "not a plain file")]
    [InlineData("\"size\":20", "\"size\":21", "its size is wrong")]
    [InlineData("\"kind\":\"Directory\"", "\"kind\":\"Alien\"", "line 5 is not an entry")]
    public async Task FindsAListingThatLies(string from, string to, string expected)
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        await Manifests.ChangeListingAsync(backup.Path, text => text.Replace(from, to));

        BackupVerdict verdict = await TestAsync(backup, BackupTestLevel.Manifest);

        Assert.False(verdict.Passed);
        Assert.Contains(verdict.Findings, finding => finding.IsFailure && finding.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DoesNotFollowALinkInPlaceOfAFile()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        string hosts = Path.Combine(backup.Path, "files/etc/hosts");
        File.Move(hosts, folder["hosts"]);
        File.CreateSymbolicLink(hosts, folder["hosts"]);

        Assert.Contains((await TestAsync(backup)).Findings, finding => finding.ToString() == "files/etc/hosts: it is not a plain file");
    }

    [Fact]
    public async Task RemarksWhatIsBesidesAndWhatIsOpen()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        await File.WriteAllTextAsync(Path.Combine(backup.Path, "files/etc/extra"), "x");
        File.SetUnixFileMode(Path.Combine(backup.Path, SnapshotLayout.Accounts), (UnixFileMode)0b110_100_100);

        BackupVerdict verdict = await TestAsync(backup);

        Assert.True(verdict.Passed);
        Assert.Equal(
            ["database/accounts.sql: other accounts may use this file (expected 0600, found 0644)", "files/etc/extra: it is not in the listing"],
            verdict.Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public async Task JudgesAnAttemptThatMadeNothing()
    {
        AsterisellBackup failed = new()
        {
            Name = "billing", HostName = "milan", SnapshotId = "", Path = "/nowhere", State = BackupState.Failed, Reason = "the disk is full",
        };

        BackupVerdict verdict = await TestAsync(failed);

        Assert.False(verdict.Passed);
        Assert.Equal("this backup was not made: the disk is full", Assert.Single(verdict.Findings).What);
    }

    [Fact]
    public async Task NamesAThousandAndCountsTheRest()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        for (int i = 0; i < 1200; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(backup.Path, $"files/extra{i}"), "");
        }

        BackupVerdict verdict = await TestAsync(backup, BackupTestLevel.Manifest);

        Assert.Equal(1001, verdict.Findings.Count);
        Assert.StartsWith("200 more findings", verdict.Findings[^1].What, StringComparison.Ordinal);
    }

    internal static Task<BackupVerdict> TestAsync(AsterisellBackup backup, BackupTestLevel level = BackupTestLevel.Content) =>
        new BackupVerifier(TimeProvider.System).TestAsync(backup, level, null, default);

    /// <summary>Puts another text into a piece; hashes and sizes all agree afterwards, also the text's length.</summary>
    private static async Task ReplacePieceAsync(string snapshot, string piece, string from, string to)
    {
        Assert.NotEqual(from, to);
        string path = Path.Combine(snapshot, piece);
        byte[] before = await File.ReadAllBytesAsync(path);
        using MemoryStream after = new();
        await using (GZipStream gzip = new(after, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(to));
        }

        await File.WriteAllBytesAsync(path, after.ToArray());
        long change = after.Length - before.Length;
        await Manifests.ChangeListingAsync(snapshot, listing => listing
            .Replace($"\"size\":{before.Length},", $"\"size\":{after.Length},").Replace(Manifests.Hash(before), Manifests.Hash(after.ToArray())));
        await Manifests.ChangeAsync(snapshot, manifest => System.Text.RegularExpressions.Regex.Replace(
            manifest.Replace($"\"textBytes\": {Encoding.UTF8.GetByteCount(from)}", $"\"textBytes\": {Encoding.UTF8.GetByteCount(to)}")
                .Replace($"\"sizeBytes\": {before.Length},", $"\"sizeBytes\": {after.Length},").Replace(Manifests.Hash(before), Manifests.Hash(after.ToArray())),
            "\"filesSizeBytes\": (\\d+)", match => $"\"filesSizeBytes\": {long.Parse(match.Groups[1].Value, null) + change}"));
    }
}
