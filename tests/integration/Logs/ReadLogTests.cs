using System.Globalization;
using Asterisell.Engine.Instances.Logs;

namespace Asterisell.Tests.Integration.Logs;

public sealed class ReadLogTests : IAsyncLifetime
{
    private LogContainer _container = null!;

    public async Task InitializeAsync() => _container = await LogContainer.StartAsync();

    public async Task DisposeAsync() => await _container.DisposeAsync();

    [Fact]
    public async Task Lines_of_all_services_come_in_the_order_of_time_whatever_their_clock()
    {
        await _container.AppendAsync("/var/log/nginx/access.log", "10.0.0.1 - - [22/Nov/2026:22:00:01 +0000] \"GET / HTTP/1.1\" 502 1\n");
        await _container.AppendAsync("/var/log/nginx/error.log", "2026/11/22 22:00:03 [error] 1#1: *1 connect() failed\n");
        await _container.AppendAsync("/var/log/mysqld.log", "2026-11-22 22:00:00 0 [Note] ready\n2026-11-22 22:00:04 0 [Warning] slow\nVersion: x\n");
        await _container.AppendAsync("/var/log/php-fpm/www-error.log", "[22-Nov-2026 23:00:02 Europe/Rome] PHP Fatal error:  x\n#0 {main}\n");
        await _container.AppendAsync($"{_container.Definition.AdminDirectory}/log/asterisell_dev.log", "Nov 22 23:00:05 symfony [info] the application's clock\n");
        await _container.AppendAsync("/tmp/worker-stderr---supervisor-ab12.log", "no time at all\n");

        IReadOnlyList<LogEntry> entries = await ReadAsync(new LogQuery());
        Assert.Equal(
            [
                "worker no time at all",
                "mysql 2026-11-22 22:00:00 0 [Note] ready",
                "nginx 10.0.0.1 - - [22/Nov/2026:22:00:01 +0000] \"GET / HTTP/1.1\" 502 1",
                "php [22-Nov-2026 23:00:02 Europe/Rome] PHP Fatal error:  x",
                "php #0 {main}",
                "nginx 2026/11/22 22:00:03 [error] 1#1: *1 connect() failed",
                "mysql 2026-11-22 22:00:04 0 [Warning] slow",
                "mysql Version: x",
                "asterisell Nov 22 23:00:05 symfony [info] the application's clock",
                "container first words",
                "container WARN second words",
            ],
            entries.Select(entry => $"{entry.Service} {entry.Text}").Order(new ContainerLast()));
        Assert.All(entries, entry => Assert.Equal(_container.Definition.ToString(), $"{entry.HostName}/{entry.Name}"));
        Assert.Equal(Utc("2026-11-22 22:00:02"), entries.Single(entry => entry.Text.Contains("Fatal", StringComparison.Ordinal)).Time);
        Assert.Null(entries.Single(entry => entry.Text == "#0 {main}").Time);
        Assert.Equal(Utc("2026-11-22 22:00:05"), entries.Single(entry => entry.Service == "asterisell").Time);
        Assert.Equal("/var/log/nginx/error.log", entries.Single(entry => entry.Text.Contains("connect()", StringComparison.Ordinal)).Source);
        Assert.Equal(LogSeverity.Warning, entries.Single(entry => entry.Text == "WARN second words").Severity);
    }

    [Fact]
    public async Task Tail_counts_lines_of_a_service_over_its_files()
    {
        await _container.BashAsync(
            """
            for i in {1..300}; do printf '2026/11/22 22:%02d:%02d [error] 1#1: e%d\n' $((i / 60)) $((i % 60)) $i; done > /var/log/nginx/error.log
            for i in {1..300}; do printf '1.1.1.1 - - [22/Nov/2026:22:%02d:%02d +0000] "GET /%d HTTP/1.1" 200 1\n' $((i / 60)) $((i % 60)) $i; done > /var/log/nginx/access.log
            for i in {1..7}; do printf '2026-11-22 22:00:0%d 0 [Note] m%d\n' $i $i; done > /var/log/mysqld.log
            """);
        IReadOnlyList<LogEntry> entries = await ReadAsync(new LogQuery { Tail = 10, Services = ["nginx", "mysql"] });
        Assert.Equal(7, entries.Count(entry => entry.Service == "mysql"));
        Assert.Equal(
            Enumerable.Range(296, 5).SelectMany(i => new[] { $"/{i} ", $"e{i}" }),
            entries.Where(entry => entry.Service == "nginx").Select(entry => entry.Text.Contains("GET", StringComparison.Ordinal)
                ? entry.Text[entry.Text.IndexOf("GET ", StringComparison.Ordinal)..].Split(' ')[1] + " "
                : entry.Text.Split(' ')[^1]));
        Assert.Equal(2 * 300 + 7, (await ReadAsync(new LogQuery { Tail = null, Services = ["nginx", "mysql"] })).Count);
        Assert.Equal(
            2 * 61,
            (await ReadAsync(new LogQuery { Tail = null, Since = Utc("2026-11-22 22:04:00"), Services = ["nginx", "mysql"] })).Count);
    }

    [Fact]
    public async Task Any_bytes_and_a_megabyte_of_a_line_do_no_harm()
    {
        byte[] odd = [.. "2026-11-22 22:00:00 0 [Note] "u8, 0, 0xff, 27, (byte)'[', (byte)'2', (byte)'J', (byte)'\n'];
        await _container.AppendAsync("/var/log/mysqld.log", odd);
        await _container.AppendAsync("/var/log/mysqld.log", "R 0\nF 9 nginx eA==\nD 7\n==> /etc/passwd <==\n");
        await _container.AppendAsync("/var/log/mysqld.log", new string('x', 1024 * 1024) + "\n\nlast without an end");
        IReadOnlyList<LogEntry> entries = await ReadAsync(new LogQuery { Services = ["mysql"] });
        Assert.Equal(
            [
                @"2026-11-22 22:00:00 0 [Note] \x00\xff\x1b[2J", "R 0", "F 9 nginx eA==", "D 7", "==> /etc/passwd <==",
                new string('x', 65536) + "… [cut: this line has 1048576 bytes]", "", "last without an end",
            ],
            entries.Select(entry => entry.Text));
        Assert.All(entries, entry => Assert.Equal("mysql", entry.Service));
    }

    [Fact]
    public async Task A_stopped_container_still_shows_its_own_log()
    {
        await _container.DockerAsync("stop", "--time", "1", _container.Definition.Name);
        Assert.Equal(["first words", "WARN second words"], (await ReadAsync(new LogQuery())).Select(entry => entry.Text).Order());
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(() => ReadAsync(new LogQuery { Services = ["nginx"] }));
        Assert.Equal("InstanceNotRunning", error.ErrorId);
    }

    private Task<IReadOnlyList<LogEntry>> ReadAsync(LogQuery query) =>
        new LogReader(_container.Instance).ReadAsync(query, CancellationToken.None);

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture);

    /// <summary>The container's own lines have today's time; all others keep their order.</summary>
    private sealed class ContainerLast : IComparer<string>
    {
        public int Compare(string? x, string? y) => IsContainer(x).CompareTo(IsContainer(y));

        private static bool IsContainer(string? line) => line!.StartsWith("container ", StringComparison.Ordinal);
    }
}
