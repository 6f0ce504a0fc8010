using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>What did not change is shared with the earlier snapshot; what did is in the new one; each is whole without the other.</summary>
public class IncrementalFilesTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task SharesWhatDidNotChangeAndNothingElse()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        string uploads = Uploads(lab);
        await lab.ExecAsync(
            "bash", "-c",
            """
            cd "$1"; head -c 8388608 /dev/urandom > large; echo one > changed; echo aaa > disguised; echo gone > deleted; echo file > becomes-folder
            mkdir becomes-file; echo inner > becomes-file/inner; printf x > $'new\nline'; printf y > $'\xff'; printf z > "$(printf 'n%.0s' {1..220})"; ln -s large link
            """,
            "bash", uploads);
        (AsterisellBackup first, _) = await BackUpAsync(lab);
        Assert.Equal((first.SizeBytes, 0L), (first.NewBytes, first.SharedBytes));
        await lab.ExecAsync(
            "bash", "-c",
            """
            cd "$1"; echo two > changed; touch -r disguised /tmp/time; echo bbb > disguised; touch -r /tmp/time disguised; rm deleted
            rm becomes-folder; mkdir becomes-folder; echo inner > becomes-folder/inner; rm -r becomes-file; echo file > becomes-file; echo new > appeared
            """,
            "bash", uploads);

        (AsterisellBackup second, CountingInstance sent) = await BackUpAsync(lab);

        Assert.Empty(NotesOf(second));
        Assert.InRange(sent.BytesOf("tar")!.Value, 1, Megabyte);
        Assert.True(second.SharedBytes > 8 * Megabyte, $"shared {second.SharedBytes}");
        Assert.Equal(second.SizeBytes, second.NewBytes + second.SharedBytes);
        string[] shared = ["large", "new%0Aline", "%FF"];
        Assert.All(shared, name => Assert.Equal(Inode(first, uploads, name), Inode(second, uploads, name)));
        Assert.Equal(("one\n", "two\n"), (Text(first, uploads, "changed"), Text(second, uploads, "changed")));
        Assert.Equal(("aaa\n", "bbb\n"), (Text(first, uploads, "disguised"), Text(second, uploads, "disguised")));
        Assert.Equal("inner\n", Text(second, uploads, "becomes-folder/inner"));
        Assert.Equal("file\n", Text(second, uploads, "becomes-file"));
        Assert.Equal("new\n", Text(second, uploads, "appeared"));
        Assert.False(File.Exists(Place(second, uploads, "deleted")));
        Assert.True(File.Exists(Place(first, uploads, "deleted")));
        Assert.Equal("large", (await EntriesAsync(second)).Single(entry => entry.Source == $"{uploads}/link").LinkTarget);
        await PassAsync(first, second);

        Directory.Delete(first.Path, recursive: true);

        await PassAsync(second);
    }

    [Fact]
    public async Task AsksTheContentOfFilesThatHaveOtherInodesAndKeepsTheirNewRights()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        string uploads = Uploads(lab);
        await lab.ExecAsync("bash", "-c", "cd \"$1\"; head -c 8388608 /dev/urandom > large; printf x > $'new\\nline'; chmod 640 large", "bash", uploads);
        (AsterisellBackup first, _) = await BackUpAsync(lab);

        // A container that was made anew has the same files with other inodes and change times.
        await lab.ExecAsync("bash", "-c", "cp -a \"$1\" \"$1.new\"; rm -rf \"$1\"; mv \"$1.new\" \"$1\"; chmod 600 \"$1/large\"", "bash", uploads);
        (AsterisellBackup second, CountingInstance sent) = await BackUpAsync(lab);

        Assert.NotNull(sent.BytesOf("xargs"));
        Assert.InRange(sent.BytesOf("tar") ?? 0, 0, Megabyte);
        Assert.Equal(Inode(first, uploads, "large"), Inode(second, uploads, "large"));
        Assert.Equal(Inode(first, uploads, "new%0Aline"), Inode(second, uploads, "new%0Aline"));
        Assert.Equal("0600", (await EntriesAsync(second)).Single(entry => entry.Source == $"{uploads}/large").Mode);
        await PassAsync(first, second);

        await DoesNotInheritDamageAsync(lab, uploads, first, second);
        await CopiesWhereNothingCanBeLinkedAsync(lab, uploads);
    }

    [Fact]
    public async Task TakesWhatAKilledRunHadBrought()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync();
        string uploads = Uploads(lab);
        await lab.ExecAsync("bash", "-c", "cd \"$1\"; for i in 1 2 3 4; do head -c 8388608 /dev/urandom > large$i; done", "bash", uploads);
        await lab.SqlAsync("CREATE TABLE aa_blocked (id INT)");
        Task<string[]> blocking = lab.SqlAsync("LOCK TABLES aa_blocked WRITE; SELECT SLEEP(100)");
        using (Process process = BackupKillTests.Start(lab))
        {
            while (!HasArrived(lab, "large1", "large2", "large3", "large4"))
            {
                Assert.False(process.HasExited);
                await Task.Delay(20);
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        await lab.SqlAsync("SELECT CONCAT('KILL ', ID) INTO @kill FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%'; EXECUTE IMMEDIATE @kill");
        await Assert.ThrowsAsync<InvalidOperationException>(() => blocking);
        string partial = Assert.Single(Directory.GetDirectories(lab.Folder, ".partial-*"));
        await File.AppendAllTextAsync(Path.Combine(partial, "files" + uploads, "large1"), "more");
        byte[] flipped = await File.ReadAllBytesAsync(Path.Combine(partial, "files" + uploads, "large2"));
        flipped[1000] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(partial, "files" + uploads, "large2"), flipped);
        await lab.ExecAsync("bash", "-c", "head -c 8388608 /dev/urandom > \"$1/large3\"", "bash", uploads);

        (AsterisellBackup backup, CountingInstance sent) = await BackUpAsync(lab);

        // Of the four, one was cut short on the disk, one was damaged there, one changed in the container.
        Assert.InRange(sent.BytesOf("tar")!.Value, 24 * Megabyte, 26 * Megabyte);
        Assert.Contains(backup.Notes, note => note.StartsWith("An earlier run was killed; ", StringComparison.Ordinal) && note.Contains("were taken", StringComparison.Ordinal));
        Assert.Equal(0, backup.SharedBytes);
        Assert.DoesNotContain(BackupInstance.Entries(lab.Folder), name => name.StartsWith(".partial-", StringComparison.Ordinal));
        await PassAsync(backup);
    }

    /// <summary>What was flipped on the disk is found in every snapshot that shares it, and the next backup does not share it again.</summary>
    private static async Task DoesNotInheritDamageAsync(BackupInstance lab, string uploads, AsterisellBackup first, AsterisellBackup second)
    {
        await using (FileStream file = File.Open(Place(first, uploads, "large"), FileMode.Open, FileAccess.ReadWrite))
        {
            int old = file.ReadByte();
            file.Position = 0;
            file.WriteByte((byte)(old ^ 1));
        }

        BackupVerdict verdict = await BackupInstance.TestAsync(second);
        Assert.Equal(($"files{uploads}/large", false), (Assert.Single(verdict.Findings, finding => finding.IsFailure).File, verdict.Passed));

        (AsterisellBackup third, CountingInstance sent) = await BackUpAsync(lab);

        Assert.Contains($"Nothing is shared with the snapshot {second.SnapshotId}: its last test failed.", third.Notes);
        Assert.Contains(third.Notes, note => note.StartsWith($"1 files of the snapshot {first.SnapshotId} are not as it lists them", StringComparison.Ordinal));
        Assert.InRange(sent.BytesOf("tar")!.Value, 8 * Megabyte, 9 * Megabyte);
        Assert.Equal(Inode(first, uploads, "new%0Aline"), Inode(third, uploads, "new%0Aline"));
        await PassAsync(third);
        Assert.False((await BackupInstance.TestAsync(first)).Passed);
    }

    /// <summary>Between two mounts of the same disk the system makes no links.</summary>
    private static async Task CopiesWhereNothingCanBeLinkedAsync(BackupInstance lab, string uploads)
    {
        (AsterisellBackup before, _) = await BackUpAsync(lab);
        Run("mount", "--bind", before.Path, before.Path);
        try
        {
            (AsterisellBackup copied, CountingInstance sent) = await BackUpAsync(lab);

            Assert.InRange(sent.BytesOf("tar") ?? 0, 0, Megabyte);
            Assert.Equal(0, copied.SharedBytes);
            Assert.Contains("the destination can't link them", Assert.Single(NotesOf(copied)), StringComparison.Ordinal);
            Assert.NotEqual(Inode(before, uploads, "large"), Inode(copied, uploads, "large"));
            await PassAsync(copied);
        }
        finally
        {
            Run("umount", before.Path);
        }
    }

    private static async Task<(AsterisellBackup Backup, CountingInstance Sent)> BackUpAsync(BackupInstance lab)
    {
        CountingInstance counting = new(lab.Instance);
        return (await new InstanceBackup(TimeProvider.System).MakeAsync(counting, new BackupOptions(lab.Destination), null, default), counting);
    }

    private static async Task PassAsync(params AsterisellBackup[] backups)
    {
        foreach (AsterisellBackup backup in backups)
        {
            Assert.DoesNotContain((await BackupInstance.TestAsync(backup)).Findings, finding => finding.IsFailure);
        }
    }

    /// <summary>The application of these instances has made no backups of its own, which each snapshot says.</summary>
    private static IEnumerable<string> NotesOf(AsterisellBackup backup) =>
        backup.Notes.Where(note => !note.StartsWith("The application's own backup", StringComparison.Ordinal));

    private static bool HasArrived(BackupInstance lab, params string[] names)
    {
        string[] partials = Directory.Exists(lab.Folder) ? Directory.GetDirectories(lab.Folder, ".partial-*") : [];
        string listing = partials.Length == 0 ? string.Empty : Path.Combine(partials[0], SnapshotLayout.Listing);
        string text = File.Exists(listing) ? File.ReadAllText(listing) : string.Empty;
        return names.All(name => text.Contains($"/{name}\"", StringComparison.Ordinal));
    }

    private static async Task<List<SnapshotEntry>> EntriesAsync(AsterisellBackup backup)
    {
        await using FileStream listing = File.OpenRead(Path.Combine(backup.Path, SnapshotLayout.Listing));
        return await FileListing.ReadAsync(listing, default).ToListAsync();
    }

    private static string Uploads(BackupInstance lab) => $"{lab.Instance.Definition.AdminDirectory}/web/uploads";

    private static string Place(AsterisellBackup backup, string folder, string name) => Path.Combine(backup.Path, "files" + folder, name);

    private static string Text(AsterisellBackup backup, string folder, string name) => File.ReadAllText(Place(backup, folder, name));

    private static string Inode(AsterisellBackup backup, string folder, string name) => Run("stat", "-c", "%i", Place(backup, folder, name));

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}: {error}"));
        return output;
    }
}
