using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>Large tables are kept by months: what did not change is shared, what did is dumped, and all of it is of one moment.</summary>
public class BackupRangeTests
{
    [Fact]
    public async Task DumpsExactlyTheMonthsThatChanged()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "3000", "--months", "4");
        (AsterisellBackup first, SnapshotManifest all) = await BackUpAsync(lab);
        string[] months = [.. RangesOf(all, "ar_cdr").Select(piece => piece.Range!.Month)];
        Assert.True(months.Length >= 4);
        Assert.All(Ranges(all), piece => Assert.NotNull(piece.Range!.Checksum));

        (AsterisellBackup second, SnapshotManifest same) = await BackUpAsync(lab);
        Assert.Empty(DumpedIn(same));
        Assert.Equal(Inodes(first, Ranges(all)), Inodes(second, Ranges(same)));

        await lab.SqlAsync($"UPDATE ar_cdr SET income = IFNULL(income, 0) + 1 WHERE calldate LIKE '{months[0]}%' LIMIT 1");
        Assert.Equal([$"ar_cdr {months[0]}"], DumpedIn((await BackUpAsync(lab)).Manifest));

        // Two rows exchange their values: a sum of linear checksums would stay the same.
        await lab.SqlAsync(
            $"""
            SELECT MIN(id), MAX(id) INTO @a, @b FROM ar_cdr WHERE calldate LIKE '{months[1]}%';
            SELECT income INTO @x FROM ar_cdr WHERE id = @a; SELECT income INTO @y FROM ar_cdr WHERE id = @b;
            UPDATE ar_cdr SET income = IF(id = @a, IFNULL(@y, 4711), IFNULL(@x, 4712)) WHERE id IN (@a, @b)
            """);
        Assert.Equal([$"ar_cdr {months[1]}"], DumpedIn((await BackUpAsync(lab)).Manifest));

        await lab.SqlAsync($"UPDATE ar_source_cdr SET calldate = calldate + INTERVAL 1 MONTH WHERE calldate LIKE '{months[0]}-1%' ORDER BY id LIMIT 1");
        Assert.Equal([$"ar_source_cdr {months[0]}", $"ar_source_cdr {months[1]}"], DumpedIn((await BackUpAsync(lab)).Manifest));

        await lab.SqlAsync($"DELETE FROM ar_cdr WHERE calldate LIKE '{months[1]}%'; UPDATE ar_cdr SET debug_residual_income_rate = '' WHERE debug_residual_income_rate IS NULL AND calldate LIKE '{months[2]}%' LIMIT 1");
        (AsterisellBackup last, SnapshotManifest manifest) = await BackUpAsync(lab);
        Assert.Equal([$"ar_cdr {months[2]}"], DumpedIn(manifest));
        Assert.DoesNotContain(RangesOf(manifest, "ar_cdr"), piece => piece.Range!.Month == months[1]);
        await lab.SqlAsync("CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM ar_lock WHERE name = 'x'");
        await BackupTests.CompareAfterLoadAsync(lab, (await BackUpAsync(lab)).Backup, (await BackUpAsync(lab)).Manifest);
        Assert.True((await BackupInstance.TestAsync(first)).Passed);
        Assert.True((await BackupInstance.TestAsync(last)).Passed);
    }

    [Fact]
    public async Task KeepsRowsWithoutADateAndDumpsATableAnewWhenItsColumnsChange()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "1000", "--months", "2");
        (_, SnapshotManifest before) = await BackUpAsync(lab);
        await lab.SqlAsync(
            """
            SET sql_mode = '';
            ALTER TABLE ar_cdr MODIFY calldate DATETIME NULL;
            INSERT INTO ar_cdr (calldate, destination_type, income) VALUES (NULL, 1, 1), (NULL, 1, 2), ('0000-00-00', 1, 3), ('2026-00-10', 1, 4), ('2026-03-00', 1, 5), ('2099-12-31', 1, 6);
            CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM ar_lock WHERE name = 'x'
            """);

        (AsterisellBackup backup, SnapshotManifest manifest) = await BackUpAsync(lab);

        string[] months = [.. RangesOf(manifest, "ar_cdr").Select(piece => piece.Range!.Month)];
        Assert.Superset(new HashSet<string> { "none", "0000-00", "2026-00", "2026-03", "2099-12" }, months.ToHashSet());
        Assert.Equal(months.Select(month => $"ar_cdr {month}"), DumpedIn(manifest));
        Assert.NotEqual(RangesOf(before, "ar_cdr")[0].Range!.Definition, RangesOf(manifest, "ar_cdr")[0].Range!.Definition);
        long rows = long.Parse((await lab.SqlAsync("SELECT COUNT(*) FROM ar_cdr"))[0], CultureInfo.InvariantCulture);
        Assert.Equal(rows, RangesOf(manifest, "ar_cdr").Sum(piece => piece.Rows["ar_cdr"]));
        Assert.Equal(2, RangesOf(manifest, "ar_cdr").Single(piece => piece.Range!.Month == "none").Rows["ar_cdr"]);
        Assert.True((await BackupInstance.TestAsync(backup)).Passed);
        await BackupTests.CompareAfterLoadAsync(lab, backup, manifest);

        await lab.SqlAsync("UPDATE ar_cdr SET income = 7 WHERE calldate IS NULL AND income = 1; UPDATE ar_cdr SET income = 8 WHERE income = 6 AND calldate > '2099'");
        Assert.Equal(["ar_cdr 2099-12", "ar_cdr none"], DumpedIn((await BackUpAsync(lab)).Manifest));

        await lab.SqlAsync("DELETE FROM ar_source_cdr");
        (AsterisellBackup empty, SnapshotManifest without) = await BackUpAsync(lab);
        Assert.Equal(0, Assert.Single(RangesOf(without, "ar_source_cdr")).Rows["ar_source_cdr"]);
        Assert.True((await BackupInstance.TestAsync(empty)).Passed);
    }

    [Fact]
    public async Task IsOfOneMomentWhileOthersWrite()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "4000", "--months", "2");
        await lab.SqlAsync("CREATE TABLE purse (id INT PRIMARY KEY, amount BIGINT NOT NULL); INSERT INTO purse VALUES (1, 0)");
        await lab.ExecAsync(
            "bash", "-c",
            $$"""
            (while [ ! -e /tmp/stop ]; do
              echo "START TRANSACTION; SET @at = '2026-05-01' + INTERVAL FLOOR(RAND() * 5000000) SECOND; INSERT INTO ar_source_cdr (ar_cdr_provider_id, ar_physical_format_id, calldate, content) VALUES (1, 1, @at, 'new');
              UPDATE purse SET amount = amount - 3 WHERE id = 1; INSERT INTO ar_cdr (calldate, destination_type, income, cost_saving) VALUES (@at, 1, 3, 4711); COMMIT;"
            done | mysql -uroot -pdb-password-of-{{lab.Name}} {{lab.Name}}) > /dev/null 2>&1 &
            """);
        long difference = long.Parse((await lab.SqlAsync("SELECT (SELECT COUNT(*) FROM ar_source_cdr) - (SELECT COUNT(*) FROM ar_cdr)"))[0], CultureInfo.InvariantCulture);
        List<string> transfers = [];
        for (int round = 0; round < 4; round++)
        {
            (AsterisellBackup backup, SnapshotManifest manifest) = await BackUpAsync(lab);

            Assert.Equal(ConsistencyMethod.SnapshotTransactionsOfOneMoment, manifest.Database.Consistency.Method);
            Assert.All(manifest.Database.Tables.Where(table => table.Name is "purse" or "ar_cdr" or "ar_source_cdr"), table => Assert.Equal(table.Rows, table.RowsCounted));
            await BackupTests.LoadAsync(lab, backup, manifest);
            string[] sums = await lab.SqlAsync(
                """
                SELECT (SELECT COUNT(*) FROM ar_source_cdr) - (SELECT COUNT(*) FROM ar_cdr),
                  (SELECT SUM(amount) FROM purse) + (SELECT IFNULL(SUM(income), 0) FROM ar_cdr WHERE cost_saving = 4711), (SELECT -amount FROM purse)
                """,
                "scratch");
            string[] cells = sums[0].Split('\t');
            Assert.Equal((difference, 0), (long.Parse(cells[0], null), long.Parse(cells[1], null)));
            transfers.Add(cells[2]);
        }

        await lab.ExecAsync("touch", "/tmp/stop");
        Assert.Equal(4, transfers.Distinct().Count());
    }

    [Fact]
    public async Task DumpsAnewWhatAnEarlierSnapshotHasNoLonger()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "1000", "--months", "3");
        (AsterisellBackup first, SnapshotManifest all) = await BackUpAsync(lab);
        ManifestPiece cut = RangesOf(all, "ar_cdr")[0];
        string path = Path.Combine(first.Path, cut.Path);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^1]);

        (AsterisellBackup second, SnapshotManifest manifest) = await BackUpAsync(lab);

        Assert.Equal([$"ar_cdr {cut.Range!.Month}"], DumpedIn(manifest));
        Assert.True((await BackupInstance.TestAsync(second)).Passed);
    }

    [Fact]
    public async Task SharesWhatIsTheSameWhereOneDumpTakesAllRows()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync("local", "--cdrs", "3000", "--months", "3");
        (_, SnapshotManifest all) = await BackUpAsync(lab, streams: 1);
        Assert.Equal(ConsistencyMethod.SnapshotTransaction, all.Database.Consistency.Method);
        string month = RangesOf(all, "ar_cdr")[1].Range!.Month;
        await lab.SqlAsync($"UPDATE ar_cdr SET income = IFNULL(income, 0) + 1 WHERE calldate LIKE '{month}%' LIMIT 1");

        (AsterisellBackup backup, SnapshotManifest manifest) = await BackUpAsync(lab, streams: 1);

        Assert.Equal([$"ar_cdr {month}"], DumpedIn(manifest));
        Assert.True((await BackupInstance.TestAsync(backup)).Passed);
        Assert.Empty(DumpedIn((await BackUpAsync(lab)).Manifest));
    }

    private static async Task<(AsterisellBackup Backup, SnapshotManifest Manifest)> BackUpAsync(BackupInstance lab, int streams = 2)
    {
        AsterisellBackup backup = await lab.BackUpAsync(streams: streams);
        Assert.DoesNotContain(backup.Notes, note => note.StartsWith("All rows were dumped by one program", StringComparison.Ordinal));
        return (backup, (await ManifestFile.ReadAsync(backup.Path, default)).Manifest!);
    }

    private static ManifestPiece[] Ranges(SnapshotManifest manifest) => [.. manifest.Database.Pieces.Where(piece => piece.Range is not null)];

    private static ManifestPiece[] RangesOf(SnapshotManifest manifest, string table) => [.. Ranges(manifest).Where(piece => piece.Range!.Table == table)];

    /// <summary>Ranges that this snapshot's own backup dumped.</summary>
    private static string[] DumpedIn(SnapshotManifest manifest) =>
        [.. Ranges(manifest).Where(piece => piece.Range!.DumpedIn == manifest.Snapshot).Select(piece => $"{piece.Range!.Table} {piece.Range.Month}")];

    private static string[] Inodes(AsterisellBackup backup, ManifestPiece[] pieces)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["--format=%i", .. pieces.Select(piece => Path.Combine(backup.Path, piece.Path))])
        {
            RedirectStandardOutput = true,
        })!;
        return stat.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
