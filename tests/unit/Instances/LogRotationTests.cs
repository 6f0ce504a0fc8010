using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Unit.Instances;

public sealed class LogRotationTests
{
    [Fact]
    public void The_files_of_a_configuration_are_found_wherever_they_stand()
    {
        const string Configuration = """
            # see /etc/nothing
            weekly
            include /etc/logrotate.d
            /var/log/wtmp { monthly }
            "/var/log/with blank.log" /var/log/nginx/*.log
            /var/log/two.log
            {
                daily
                postrotate
                    [ -f /run/nginx.pid ] && { kill -USR1 `cat /run/nginx.pid`; }
                }
                endscript
            }
            /var/log/last.log {
            }
            """;
        Assert.Equal(
            ["/etc/logrotate.d", "/var/log/wtmp", "/var/log/with blank.log", "/var/log/nginx/*.log", "/var/log/two.log", "/var/log/last.log"],
            LogRotationReader.Patterns(Configuration));
    }

    [Theory]
    [InlineData("/var/log/*.log", "/var/log/mysqld.log", true)]
    [InlineData("/var/log/*.log", "/var/log/nginx/access.log", false)]
    [InlineData("/var/log/php?.log", "/var/log/php8.log", true)]
    [InlineData("/var/log/[a-c]*.log", "/var/log/b.log", true)]
    [InlineData("/var/log/[!a-c]*.log", "/var/log/b.log", false)]
    [InlineData("/var/log/a.log", "/var/log/axlog", false)]
    [InlineData("/var/log/[x", "/var/log/[x", true)]
    public void A_pattern_matches_as_the_shell_does(string pattern, string path, bool matches) =>
        Assert.Equal(matches, LogRotationReader.ToRegex(pattern).IsMatch(path));
}
