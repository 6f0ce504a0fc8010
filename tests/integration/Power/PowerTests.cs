using System.Diagnostics;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Instances.Waiting;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Power;

public sealed class PowerTests : IAsyncLifetime, IAsyncDisposable
{
    private const string CleanEnd = "mariadbd: Shutdown complete";
    private static readonly StartOptions Start = new() { HealthLimit = TimeSpan.FromSeconds(90) };

    private readonly DockerConnector _connector = new();
    private LabInstance _lab = null!;
    private IInstance _instance = null!;
    private InstancePower _power = null!;

    private string CronFlag =>
        $"{_lab.Definition.AdminDirectory}/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR";

    public async Task InitializeAsync()
    {
        TestLab lab = await TestLab.GetAsync();
        _lab = await lab.StartInstanceAsync($"power-{Guid.NewGuid():N}"[..16], "local", "--no-cron", "--cdrs", "500", "--months", "1");
        _instance = await new InstanceOpener(_connector).OpenAsync(_lab.Definition, CancellationToken.None);
        _power = new InstancePower(_instance);
        await new InstanceWaiter(_instance).WaitAsync(WaitCondition.Healthy, TimeSpan.FromSeconds(90), null, CancellationToken.None);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    public async Task DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Stop_lets_a_slow_database_end_where_docker_stop_would_kill_it()
    {
        // Longer than supervisord's 10 s, and far longer than the two seconds after which it leaves.
        await BashAsync("db=$(pidof mariadbd); kill -STOP $db; (sleep 13; kill -CONT $db) >/dev/null 2>&1 &");
        OperationResult result = await _power.StopAsync(new StopOptions { SkipDrain = true }, null, CancellationToken.None);
        Assert.Equal(OperationStatus.Succeeded, result.Status);
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
        Assert.Contains("the database ended by itself", result.Message, StringComparison.Ordinal);
        Assert.False((await _instance.InspectAsync(CancellationToken.None)).IsRunning);

        await _power.StartAsync(Start, null, CancellationToken.None);
        string log = await BashAsync("cat /var/log/mysqld.log");
        Assert.Equal(1, Count(log, CleanEnd));
        Assert.DoesNotContain("recover", log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_database_that_outlasts_the_grace_is_killed_and_that_is_a_failure()
    {
        await BashAsync("kill -STOP $(pidof mariadbd)");
        AsterisellException error = await FailAsync(() => _power.StopAsync(
            new StopOptions { SkipDrain = true, Grace = TimeSpan.FromSeconds(1) }, null, CancellationToken.None));
        Assert.Equal("DatabaseKilled", error.ErrorId);
        Assert.False((await _instance.InspectAsync(CancellationToken.None)).IsRunning);
        await _power.StartAsync(Start, null, CancellationToken.None);
        Assert.Equal("open", await CronAsync());
    }

    [Theory]
    [InlineData("open")]
    [InlineData("locked")]
    public async Task Restart_leaves_cron_as_it_was(string cron)
    {
        if (cron == "locked")
        {
            await BashAsync($"echo by-hand > {CronFlag}");
        }

        OperationResult result = await _power.RestartAsync(new StopOptions(), Start, null, CancellationToken.None);
        Assert.Equal(OperationStatus.Succeeded, result.Status);
        Assert.Equal(cron, await CronAsync());
        Assert.Equal(1, Count(await BashAsync("cat /var/log/mysqld.log"), CleanEnd));
        if (cron == "locked")
        {
            Assert.Equal("by-hand", (await BashAsync($"cat {CronFlag}")).Trim());
        }
    }

    [Fact]
    public async Task Stop_waits_for_the_running_pass()
    {
        await BashAsync("echo 6 > /etc/asterisell-lab/faults/long-job");
        await StartPassAsync();
        OperationResult result = await _power.StopAsync(new StopOptions(), null, CancellationToken.None);
        Assert.Contains("a job pass was waited for", result.Message, StringComparison.Ordinal);
        await _power.StartAsync(Start, null, CancellationToken.None);
        Assert.Equal("open", await CronAsync());
        await foreach (SqlRow row in _instance.Database.QueryAsync(
            "SELECT COUNT(*) AS n, SUM(state = 2) AS done FROM ar_job_queue", null, CancellationToken.None))
        {
            Assert.True(int.Parse(row["n"]!, System.Globalization.CultureInfo.InvariantCulture) > 10, "The pass was not run to its end.");
            Assert.Equal(row["n"], row["done"]);
        }
    }

    [Fact]
    public async Task Jobs_that_outlast_the_limit_are_told_and_nothing_is_changed()
    {
        await BashAsync("echo 60 > /etc/asterisell-lab/faults/long-job");
        await StartPassAsync();
        AsterisellException error = await FailAsync(() => _power.RestartAsync(
            new StopOptions { DrainLimit = TimeSpan.FromSeconds(2) }, Start, null, CancellationToken.None));
        Assert.Equal("JobsStillRunning", error.ErrorId);
        Assert.Matches(@"now at ManageRateEvent, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", error.Reason);
        Assert.True((await _instance.InspectAsync(CancellationToken.None)).IsRunning);
        Assert.Equal("open", await CronAsync());
        Assert.Equal(0, Count(await BashAsync("cat /var/log/mysqld.log"), CleanEnd));

        OperationResult result = await _power.StopAsync(new StopOptions { SkipDrain = true }, null, CancellationToken.None);
        Assert.Equal(OperationStatus.Succeeded, result.Status);
        Assert.Contains("jobs were not waited for", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30000", "left behind")]
    [InlineData("1", "supervisord")]
    public async Task A_stale_lock_is_not_waited_for(string process, string told)
    {
        await _instance.Database.ExecuteAsync(
            "INSERT INTO ar_lock (name, time, info) VALUES ('jobqueueprocessor', NOW(), @process)",
            new Dictionary<string, object?> { ["process"] = process }, CancellationToken.None);
        OperationResult result = await _power.StopAsync(
            new StopOptions { DrainLimit = TimeSpan.FromSeconds(5) }, null, CancellationToken.None);
        Assert.Contains(told, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_up_while_the_database_ends_brings_the_instance_back_as_it_was()
    {
        await BashAsync("db=$(pidof mariadbd); kill -STOP $db; (sleep 5; kill -CONT $db) >/dev/null 2>&1 &");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2.5));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _power.StopAsync(new StopOptions(), null, stop.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4.5), $"It took {watch.Elapsed}.");
        Assert.Equal("open", await CronAsync());

        // The database ends late; supervisord, which was let go on, starts it again.
        await new InstanceWaiter(_instance).WaitAsync(WaitCondition.Healthy, TimeSpan.FromSeconds(60), null, CancellationToken.None);
        Assert.Empty((await BashAsync("grep -l 'State:.*T' /proc/[0-9]*/status || true")).Trim());
    }

    [Fact]
    public async Task What_is_stopped_stays_stopped_and_what_runs_runs()
    {
        Assert.Equal(OperationStatus.Unchanged, (await _power.StartAsync(Start, null, CancellationToken.None)).Status);
        await _power.StopAsync(new StopOptions(), null, CancellationToken.None);
        Assert.Equal(OperationStatus.Unchanged, (await _power.StopAsync(new StopOptions(), null, CancellationToken.None)).Status);
        OperationResult result = await _power.RestartAsync(new StopOptions(), Start, null, CancellationToken.None);
        Assert.Equal(OperationStatus.Unchanged, result.Status);
        Assert.Contains("Start-AsterisellInstance", result.Message, StringComparison.Ordinal);
        Assert.False((await _instance.InspectAsync(CancellationToken.None)).IsRunning);
    }

    [Fact]
    public async Task Start_names_what_is_still_missing_when_its_time_is_over()
    {
        await _power.StopAsync(new StopOptions { SkipDrain = true }, null, CancellationToken.None);
        await _lab.DockerAsync("start", _lab.Definition.Name);
        await BashAsync("echo 60 > /etc/asterisell-lab/faults/mysql-slow");
        await _power.StopAsync(new StopOptions { SkipDrain = true, Grace = TimeSpan.FromSeconds(20) }, null, CancellationToken.None);
        AsterisellException error = await FailAsync(() => _power.StartAsync(
            new StartOptions { HealthLimit = TimeSpan.FromSeconds(6) }, null, CancellationToken.None));
        Assert.Equal("WaitTimeout", error.ErrorId);
        Assert.Contains("the database does not answer", error.Reason, StringComparison.Ordinal);
    }

    private async Task StartPassAsync()
    {
        await _lab.DockerAsync("exec", "--detach", "--workdir", _lab.Definition.AdminDirectory, _lab.Definition.Name, "php", "asterisell.php", "run", "jobs");
        for (ApplicationLocks? locks = null; locks?.JobLock is null;)
        {
            locks = await _instance.Application.GetLocksAsync(CancellationToken.None);
        }
    }

    private async Task<string> CronAsync() => (await BashAsync($"[ -e {CronFlag} ] && echo locked || echo open")).Trim();

    private Task<string> BashAsync(string script) => _lab.ExecAsync("bash", "-c", script);

    private static Task<AsterisellException> FailAsync(Func<Task> work) => Assert.ThrowsAsync<AsterisellException>(work);

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
