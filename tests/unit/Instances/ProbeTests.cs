using System.Text;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Unit.Instances;

public sealed class ProbeTests
{
    private static readonly AsterisellInstance Instance =
        new() { Name = "billing", Host = new AsterisellHost { Name = "milan", Endpoint = new Uri("unix:///x") } };

    [Theory]
    [InlineData("2024-01-15 12:00:00", "2024-01-15 11:00:00")]
    [InlineData("2024-07-15 12:00:00", "2024-07-15 10:00:00")]
    [InlineData("2024-10-27 02:30:00", "2024-10-27 00:30:00")]
    [InlineData("2024-03-31 02:30:00", "2024-03-31 01:30:00")]
    public void Times_of_PHP_become_UTC(string written, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc + "Z", null), Rome().ToUtc(DateTime.Parse(written, null)));

    [Fact]
    public void The_doubled_hour_is_told_apart_by_its_neighbours()
    {
        var twice = new DateTime(2024, 10, 27, 2, 30, 0);
        DateTimeOffset first = new(2024, 10, 27, 0, 30, 0, TimeSpan.Zero);
        Assert.Equal(first.AddHours(1), Rome().ToUtc(twice, notBefore: first.AddMinutes(20)));
        Assert.Equal(first.AddHours(1), Rome().ToUtc(twice, notAfter: first.AddHours(2)));
        Assert.Equal(first, Rome().ToUtc(twice, notAfter: first.AddMinutes(40)));
    }

    [Theory]
    [InlineData("", "UTC")]
    [InlineData("date.timezone = Europe/Rome\n", "Europe/Rome")]
    [InlineData("date.timezone =\ndate.timezone = \"Asia/Tokyo\" ; far\n", "Asia/Tokyo")]
    public void The_last_time_zone_of_PHP_is_in_force(string lines, string zone) => Assert.Equal(zone, InstanceClock.FromPhp(lines).ZoneId);

    [Fact]
    public void An_unknown_time_zone_is_no_guess() => Assert.ThrowsAny<TimeZoneNotFoundException>(() => InstanceClock.FromPhp("date.timezone = Mars/Base"));

    [Fact]
    public void Services_are_found_by_environment_title_and_below_wrappers()
    {
        ProbeAnswer answer = Answer(
            ("supervisor", "[program:mysql]\ncommand=/usr/bin/pidproxy /x.pid /usr/bin/mysqld_safe ; c\n[program:php]\ncommand=/usr/sbin/php-fpm\n[program:nginx]\ncommand=/usr/sbin/nginx\n[program:crond]\ncommand = crond -n\n"),
            ("uptime", "1000.00 1"),
            ("process", Stat(1, "supervisord", 0)), ("command", "/usr/bin/python supervisord "),
            ("process", Stat(5, "pidproxy", 1)), ("command", "pidproxy "), ("supervised", "mysql"),
            ("process", Stat(6, "mysqld_safe", 5)), ("command", "/bin/sh mysqld_safe "),
            ("process", Stat(7, "my) sqld (", 6)), ("command", "/usr/sbin/mysqld "),
            ("process", Stat(8, "php-fpm7.4", 1)), ("command", "php-fpm: master process (/etc/php-fpm.conf) "),
            ("process", Stat(9, "nginx", 1, "Z")), ("command", ""),
            ("end", "ok"));
        IReadOnlyList<ServiceStatus> services = ServiceMatcher.Read(answer)!;
        Assert.Equal([("mysql", 7), ("php", 8), ("nginx", 0), ("crond", 0)], services.Select(service => (service.Service, service.ProcessId)));
        Assert.Equal(TimeSpan.FromSeconds(900), services[0].Uptime);
    }

    [Fact]
    public void A_database_whose_environment_is_hidden_is_known_by_its_name_and_no_other_program_is()
    {
        ProbeAnswer answer = Answer(
            ("supervisor", "[program:mysql]\ncommand=/usr/lib/asterisell/database\n[program:agent]\ncommand=/usr/bin/agent\n"),
            ("uptime", "1000.00 1"),
            ("process", Stat(1, "supervisord", 0)), ("command", "/usr/bin/python supervisord "),
            ("process", Stat(5, "mariadbd", 1)), ("command", "/usr/sbin/mariadbd "),
            ("end", "ok"));
        Assert.Equal([("mysql", 5), ("agent", 0)], ServiceMatcher.Read(answer)!.Select(service => (service.Service, service.ProcessId)));
    }

    [Fact]
    public void A_lock_is_dead_only_when_its_process_is_in_neither_list()
    {
        var row = new SqlRow(["info", "time"], ["50", "2024-01-01 00:00:00"]);
        JobLock Judge(params (string, string)[] pairs) => LockReader.Judge(row, Answer(pairs));
        Assert.Equal(JobLockHolder.Dead, Judge().Holder);
        Assert.Equal(JobLockHolder.Running, Judge(("process", Stat(50, "php", 1)), ("command", "php asterisell.php run jobs ")).Holder);
        Assert.Equal(JobLockHolder.Running, Judge(("late", "50 /usr/bin/php5 -d x=1 asterisell.php run scheduled-jobs ")).Holder);
        Assert.Equal(JobLockHolder.Foreign, Judge(("process", Stat(50, "mariadbd", 1)), ("command", "/usr/sbin/mariadbd ")).Holder);
        Assert.Equal(JobLockHolder.Foreign, Judge(("late", "50 vim asterisell.php ")).Holder);
        Assert.Equal(JobLockHolder.Dead, LockReader.Judge(new SqlRow(["info", "time"], ["no pid", null]), Answer()).Holder);
    }

    [Fact]
    public void A_status_cut_at_any_byte_gives_what_came_and_names_the_rest()
    {
        byte[] whole = Encoding.UTF8.GetBytes(string.Concat(FullAnswer().Select(pair => $"{pair.Key}\0{pair.Value}\0")));
        SqlBatch batch = StatusQueries.Create(exact: false);
        for (int length = 0; length <= whole.Length; length++)
        {
            var answer = ProbeAnswer.Parse(whole.AsSpan(0, length), "");
            InstanceStatus status = Fill(answer, batch);
            Assert.Equal(length == whole.Length, answer.IsComplete);
            Assert.All(status.Unread, part => Assert.NotEmpty(part.Reason));
            Assert.True(length == whole.Length || status.Disk is not null || status.Unread.Any(part => part.Part == "Disk"));
        }
    }

    [Fact]
    public void Noise_in_place_of_an_answer_breaks_nothing()
    {
        var random = new Random(7);
        byte[] whole = Encoding.UTF8.GetBytes(string.Concat(FullAnswer().Select(pair => $"{pair.Key}\0{pair.Value}\0")));
        SqlBatch batch = StatusQueries.Create(exact: false);
        for (int round = 0; round < 3000; round++)
        {
            byte[] noisy = [.. whole];
            for (int i = random.Next(1, 12); i > 0; i--)
            {
                noisy[random.Next(noisy.Length)] = (byte)random.Next(256);
            }

            Fill(ProbeAnswer.Parse(noisy, ""), batch);
        }
    }

    private static InstanceStatus Fill(ProbeAnswer answer, SqlBatch batch)
    {
        var facts = new StatusFacts(Instance, new ProbeResult(answer, 0, batch.Read(Instance, answer.Find("rows"), answer.Error)), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        var bare = new InstanceStatus { Name = "billing", HostName = "milan", ReadAt = DateTimeOffset.UtcNow, Container = new ContainerStatus { State = "running" } };
        return StatusJudge.Judge(StatusCollector.Fill(bare, facts, exact: false), TimeSpan.FromMinutes(5));
    }

    private static IEnumerable<KeyValuePair<string, string>> FullAnswer() => new (string Key, string Value)[]
    {
        ("credentials", "x"), ("now", "1700000000.5"), ("timezone", "date.timezone = Europe/Rome\n"), ("cron-locked", "1"),
        ("process", Stat(1, "supervisord", 0)), ("command", "supervisord "), ("supervisor", "[program:mysql]\ncommand=mysqld\n"), ("uptime", "12.5 3"),
        ("disk", "4096 100 50 40 1000 900\n"), ("memory-used", "1000000\n"), ("memory-limit", "max\n"), ("memory-stat", "inactive_file 1000\n"),
        ("version", "Asterisell-5.8"), ("app", "all:\n  available:\n    upgrade_jobs:\n      - A\n"), ("input-files", "2"), ("input-oldest", "1700000000\n"),
        ("dumps", "configurations.sql 100 1700000000.5\n"), ("dump-ends", "==> /x/configurations.sql <==\n-- Dump completed\n"),
        ("rows", "10.1\tbilling\t1000\t000\n0\n1\n"), ("rows-exit", "0"), ("web-/admin/index.php", "HTTP/1.1 200 OK\r\n"), ("web-/index.php", "HTTP/1.1 502 Bad\r\n"),
        ("late", "1 supervisord "), ("end", "ok"),
    }.Select(pair => KeyValuePair.Create(pair.Key, pair.Value));

    private static ProbeAnswer Answer(params (string Key, string Value)[] pairs) =>
        ProbeAnswer.Parse(Encoding.UTF8.GetBytes(string.Concat(pairs.Select(pair => $"{pair.Key}\0{pair.Value}\0"))), "");

    private static string Stat(int id, string name, int parent, string state = "S") =>
        $"{id} ({name}) {state} {parent} 1 1 0 -1 0 0 0 0 0 0 0 0 0 0 0 0 0 10000 0 0";

    private static InstanceClock Rome() => InstanceClock.FromPhp("date.timezone = Europe/Rome");
}
