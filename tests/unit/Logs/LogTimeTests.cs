using Asterisell.Engine.Instances.Logs;

namespace Asterisell.Tests.Unit.Logs;

public class LogTimeTests
{
    private static readonly LogZones Zones = LogZones.Read("UTC", "+0000", "Europe/Rome");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("nginx", """10.0.0.1 - - [22/Nov/2026:23:00:00 +0100] "GET / HTTP/1.1" 200 12""", "2026-11-22 22:00:00")]
    [InlineData("nginx", """::1 - billing-reseller [22/Nov/2026:23:00:00 +0000] "PUT /x HTTP/1.1" 201 0""", "2026-11-22 23:00:00")]
    [InlineData("nginx", "2026/11/22 23:00:00 [error] 91#91: *5 open() failed", "2026-11-22 23:00:00")]
    [InlineData("mysql", "2026-11-22 23:00:00 0 [Note] InnoDB: started", "2026-11-22 23:00:00")]
    [InlineData("mysql", "2017-10-04  1:02:03 140234 [Note] old", "2017-10-04 01:02:03")]
    [InlineData("mysql", "171004  1:02:03 mysqld_safe Starting mysqld daemon", "2017-10-04 01:02:03")]
    [InlineData("mysql", "2026-11-22T23:00:00.250000Z 0 [Note] x", "2026-11-22 23:00:00.25")]
    [InlineData("supervisord", "2026-11-22 23:00:00,125 INFO spawned: 'nginx' with pid 7", "2026-11-22 23:00:00.125")]
    [InlineData("php", "[22-Nov-2026 23:00:00 UTC] PHP Warning:  x in y on line 3", "2026-11-22 23:00:00")]
    [InlineData("php", "[22-Nov-2026 23:00:00 Europe/Rome] PHP Fatal error:  x", "2026-11-22 22:00:00")]
    [InlineData("php", "[22-Nov-2026 23:00:00] NOTICE: fpm is running, pid 88", "2026-11-22 23:00:00")]
    [InlineData("asterisell", "Nov 22 23:00:00 symfony [info] {sfRouting} match", "2026-11-22 22:00:00")]
    [InlineData("asterisell", "Jul 02 23:00:00 symfony [info] summer time", "2026-07-02 21:00:00")]
    [InlineData("crond", "Nov 22 23:00:01 billing CROND[12]: (root) CMD (x)", "2026-11-22 23:00:01")]
    [InlineData("crond", "Dec 31 23:00:01 billing CROND[12]: (root) CMD (last year's)", "2025-12-31 23:00:01")]
    [InlineData("sshd", "2026-11-22T23:00:00.5+02:00 host sshd[1]: x", "2026-11-22 21:00:00.5")]
    public void Finds_the_time_in_utc(string service, string line, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected + "Z", System.Globalization.CultureInfo.InvariantCulture), LogTime.Find(line, service, Zones, Now));

    [Theory]
    [InlineData("#3 /var/www/x.php(12): main()")]
    [InlineData("  2026-11-22 23:00:00 is in the middle")]
    [InlineData("2026-13-40 23:00:00 no such day")]
    [InlineData("2026-11-22 25:00:00 no such hour")]
    [InlineData("[31-Feb-2026 23:00:00] x")]
    [InlineData("")]
    public void A_line_without_a_time_has_none(string line) => Assert.Null(LogTime.Find(line, "php", Zones, Now));

    [Fact]
    public void A_container_whose_zone_has_no_name_is_taken_by_its_offset()
    {
        LogZones zones = LogZones.Read("-", "+0530", "-");
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 17, 30, 0, TimeSpan.Zero), LogTime.Find("2026-11-22 23:00:00 [x]", "mysql", zones, Now));
    }

    [Theory]
    [InlineData("""10.0.0.1 - - [22/Nov/2026:23:00:00 +0100] "GET /a HTTP/1.1" 200 12""", LogSeverity.Information)]
    [InlineData("""10.0.0.1 - - [22/Nov/2026:23:00:00 +0100] "GET /[error] HTTP/1.1" 404 12""", LogSeverity.Warning)]
    [InlineData("""10.0.0.1 - - [22/Nov/2026:23:00:00 +0100] "GET / HTTP/1.1" 502 12""", LogSeverity.Error)]
    [InlineData("2026/11/22 23:00:00 [crit] 91#91: *5 x", LogSeverity.Critical)]
    [InlineData("2026-11-22 23:00:00 0 [Note] x", LogSeverity.Information)]
    [InlineData("2026-11-22 23:00:00 0 [ERROR] x", LogSeverity.Error)]
    [InlineData("2026-11-22 23:00:00,125 WARN received SIGTERM indicating exit request", LogSeverity.Warning)]
    [InlineData("[22-Nov-2026 23:00:00 UTC] PHP Fatal error:  x", LogSeverity.Error)]
    [InlineData("[22-Nov-2026 23:00:00] NOTICE: fpm is running", LogSeverity.Information)]
    [InlineData("Nov 22 23:00:00 symfony [err] x", LogSeverity.Error)]
    public void Finds_the_severity(string line, LogSeverity expected) => Assert.Equal(expected, LogLevel.Find(line));

    [Fact]
    public void A_line_that_does_not_say_has_no_severity() => Assert.Null(LogLevel.Find("#3 /var/www/x.php(12): main()"));
}
