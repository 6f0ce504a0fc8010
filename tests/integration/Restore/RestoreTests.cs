using Asterisell.Tests.Integration.Backup;

namespace Asterisell.Tests.Integration.Restore;

/// <summary>Restores into the same instance, on real containers.</summary>
public class RestoreTests
{
    [Fact]
    public async Task BringsADamagedInstanceBack()
    {
        await using BackupInstance lab = await BackupInstance.StartAsync(options: ["--cdrs", "2000", "--months", "2"]);
        string assets = $"/var/www/{lab.Name}/admin/web/uploads/assets";
        await lab.ExecAsync("bash", "-c", $"""
            cd {assets} && printf original > logo.txt && chown apache:apache logo.txt && chmod 0640 logo.txt && ln -s logo.txt link.txt
            touch -d 2026-01-02T03:04:05Z logo.txt
            """);
        string before = await lab.StateAsync();
        AsterisellBackup backup = await lab.BackUpAsync();
        await lab.SqlAsync("DELETE FROM ar_cdr; DROP TABLE ar_source_cdr; DROP VIEW ar_view_all_user_permissions; DROP TRIGGER compile_rate_trigger; CREATE TABLE stranger (id INT); UPDATE ar_user SET login = CONCAT('x', login)");
        await lab.ExecAsync("bash", "-c", $"rm -r {assets}; touch /var/www/{lab.Name}/admin/web/uploads/stranger");
        await lab.Instance.Application.SetCronLockAsync(false, CancellationToken.None);

        RestoreResult result = await lab.RestoreAsync(backup);

        Assert.Equal(OperationStatus.Succeeded, result.Status);
        Assert.Equal(backup.CallCount, result.CallCount);
        Assert.Equal(before, await lab.StateAsync());
        string file = await lab.ExecAsync("bash", "-c", $"cd {assets}; printf '%s ' \"$(cat logo.txt)\" \"$(readlink link.txt)\"; stat -c '%a %U %G %Y' logo.txt");
        Assert.Equal("original logo.txt 640 apache apache 1767323045", file.Trim());
        Assert.Equal("0", Assert.Single(await lab.SqlAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_%'")));
        ApplicationLocks locks = await lab.Instance.Application.GetLocksAsync(CancellationToken.None);
        Assert.False(locks.CronLocked);
        Assert.False(locks.WebLocked);
        Assert.Equal("", await lab.ExecAsync("bash", "-c", "ls /var/lib/asterisell-restore"));
    }
}
