using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Instances;

/// <summary>The status of a stand-in instance, whole and with each of its parts broken.</summary>
public sealed class StatusTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Everything_is_read_and_what_breaks_is_named()
    {
        TestLab lab = await TestLab.GetAsync();
        string name = $"instance-s-{Guid.NewGuid():N}"[..20];
        await using LabInstance lived = await lab.StartInstanceAsync(name, "local", "--no-cron", "--cdrs", "500", "--months", "2", "--end", "today");
        await using var connector = new DockerConnector();
        IInstance instance = await new InstanceOpener(connector).OpenAsync(lived.Definition, None);
        await UntilAsync(instance, status => status.Condition is InstanceCondition.Healthy or InstanceCondition.Degraded);
        ApplicationRun jobs = await instance.Application.RunAsync(["run", "jobs"], [], null, None);
        Assert.Equal(ApplicationResult.Succeeded, jobs.Result);

        InstanceStatus status = await ReadAsync(instance);
        Assert.Empty(status.Unread);
        Assert.Equal(InstanceCondition.Healthy, status.Condition);
        Assert.Equal(["crond", "mysql", "nginx", "php", "sshd"], status.Services.Where(service => service.IsRunning).Select(service => service.Service).Order(StringComparer.Ordinal));
        Assert.Equal((true, name), (status.Database!.IsReachable, status.Database.Name));
        Assert.Equal((200, 200), (status.Web!.Admin.HttpStatus, status.Web.Customer.HttpStatus));
        Assert.Equal(("Asterisell-5.8", 0, 0), (status.Application!.Version, status.Application.PendingUpgradeJobs!.Count, status.Application.FailedUpgradeJobs!.Count));
        Assert.Equal("Europe/Rome", status.Clock!.TimeZone);
        Assert.InRange(status.Jobs!.LastJobEndedAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddSeconds(2));
        Assert.True(status.Memory!.UsedBytes > 10_000_000 && status.Disk!.FreeBytes > 0);
        Assert.NotNull(status.Calls!.LastRatedCall);
        Assert.True(status.Problems!.Error > 0 && status.Calls.UnratedCalls > 0);

        InstanceStatus exact = await instance.Status.ReadAsync(new StatusOptions { Exact = true }, None);
        string counted = await lived.ExecAsync("mysql", $"-pdb-password-of-{name}", name, "-NBe", "SELECT COUNT(*) FROM ar_source_cdr");
        Assert.Equal((long.Parse(counted, null), true), (exact.Database!.SourceCallRecords, exact.Database.CountsAreExact));

        await LocksAsync(lived, instance);
        await PasswordAsync(lived, instance);
        await StoppedAsync(lived, instance);
    }

    [Fact]
    public async Task A_missing_container_has_a_status_and_an_unknown_engine_is_an_error()
    {
        TestLab lab = await TestLab.GetAsync();
        await using var connector = new DockerConnector();
        var missing = new AsterisellInstance { Name = "instance-never-was", Host = lab.Local };
        InstanceStatus status = await ReadAsync(await new InstanceOpener(connector).OpenAsync(missing, None));
        Assert.Equal((InstanceCondition.Missing, "missing"), (status.Condition, status.Container.State));
    }

    [Fact]
    public async Task A_running_pass_is_drained_and_cron_is_left_as_it_was()
    {
        TestLab lab = await TestLab.GetAsync();
        string name = $"instance-d-{Guid.NewGuid():N}"[..20];
        await using LabInstance lived = await lab.StartInstanceAsync(name, "local", "--no-cron", "--cdrs", "100", "--months", "1");
        await using var connector = new DockerConnector();
        IInstance instance = await new InstanceOpener(connector).OpenAsync(lived.Definition, None);
        await UntilAsync(instance, status => status.Database is { IsReachable: true });
        await lab.RunAsync("fault", "local", name, "long-job", "on", "8");
        Task<ApplicationRun> pass = instance.Application.RunAsync(["run", "jobs"], [], null, None);
        await UntilAsync(instance, status => status.Locks is { JobLock.Holder: JobLockHolder.Running });

        AsterisellException tooShort = await Assert.ThrowsAsync<AsterisellException>(() => instance.Application.DrainJobsAsync(TimeSpan.FromSeconds(1), null, None));
        Assert.Equal("JobsStillRunning", tooShort.ErrorId);
        Assert.False((await instance.Application.GetLocksAsync(None)).CronLocked);

        ApplicationLocks before = await instance.Application.DrainJobsAsync(TimeSpan.FromMinutes(2), null, None);
        Assert.Equal(ApplicationResult.Succeeded, (await pass).Result);
        Assert.False(before.CronLocked);
        Assert.Equal((true, null), ((await instance.Application.GetLocksAsync(None)).CronLocked, (await instance.Application.GetLocksAsync(None)).JobLock));
        ApplicationLocks second = await instance.Application.DrainJobsAsync(TimeSpan.FromMinutes(1), null, None);
        await instance.Application.RestoreCronAsync(second, None);
        Assert.True((await instance.Application.GetLocksAsync(None)).CronLocked);
        await instance.Application.RestoreCronAsync(before, None);
        Assert.False((await instance.Application.GetLocksAsync(None)).CronLocked);
    }

    private static async Task LocksAsync(LabInstance lived, IInstance instance)
    {
        await instance.Application.RunAsync(["cron", "disable"], [], null, None);
        await instance.Application.RunAsync(["app", "disable"], [], null, None);
        await lived.FaultAsync("stale-lock-foreign");
        InstanceStatus status = await ReadAsync(instance);
        Assert.Equal((true, true, JobLockHolder.Foreign), (status.Locks!.CronLocked, status.Locks.WebLocked, status.Locks.JobLock!.Holder));
        Assert.True(status.Web!.Customer is { Answers: true, ShowsMaintenance: true } && !status.Web.Admin.ShowsMaintenance);
        Assert.Equal(InstanceCondition.Failed, status.Condition);
        await lived.FaultAsync("stale-lock-foreign", on: false);
        await lived.FaultAsync("stale-lock-dead");
        Assert.Equal(JobLockHolder.Dead, (await instance.Application.GetLocksAsync(None)).JobLock!.Holder);
        await lived.FaultAsync("stale-lock-dead", on: false);
    }

    private static async Task PasswordAsync(LabInstance lived, IInstance instance)
    {
        await lived.FaultAsync("wrong-db-password");
        InstanceStatus status = await ReadAsync(instance);
        Assert.Equal((InstanceCondition.Failed, false), (status.Condition, status.Database!.IsReachable));
        Assert.Contains(status.Unread, part => part is { Part: "Database", ErrorId: "DatabaseAccessDenied" });
        Assert.NotNull(status.Disk);
        Assert.Equal(5, status.Services.Count);
        await lived.FaultAsync("wrong-db-password", on: false);
    }

    private static async Task StoppedAsync(LabInstance lived, IInstance instance)
    {
        await lived.DockerAsync("stop", "--time", "0", lived.Definition.Name);
        InstanceStatus status = await ReadAsync(instance);
        Assert.Equal((InstanceCondition.Stopped, "exited", 137), (status.Condition, status.Container.State, status.Container.ExitCode));
        Assert.Empty(status.Unread);
    }

    private static Task<InstanceStatus> ReadAsync(IInstance instance) => instance.Status.ReadAsync(new StatusOptions(), None);

    private static async Task UntilAsync(IInstance instance, Func<InstanceStatus, bool> test)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!test(await instance.Status.ReadAsync(new StatusOptions(), limit.Token)))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
