using Asterisell.Engine.Inventory;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Tests.Unit.Inventory;

public sealed class FormatTests
{
    [Theory]
    [InlineData("Name", "billing", "b2", "Billing", "my-billing.eu", "0a", "a_")]
    [InlineData("Tag", "production", "2024", "eu:west", "a.b-c_d")]
    [InlineData("PhpClass", "ImportFromSwitch", "_x", "Upgrade_2017_07_18")]
    [InlineData("Report", "Klass: \"Title\"", "K: \"a: b, c\"")]
    [InlineData("DatabaseName", "billing", "2billing", "my-db", "_x")]
    [InlineData("UnixUser", "root", "www-data", "_apt")]
    [InlineData("WebUser", "ann", "Ann.B-2")]
    [InlineData("HostName", "localhost", "a.example.com", "*.example.com", "192.0.2.1", "2001:db8::1", "under_score", "1a", "xn--mnchen-3ya.de")]
    [InlineData("IpAddress", "0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "fe80::1")]
    [InlineData("TimeZone", "Europe/Rome", "UTC", "Etc/GMT+5", "America/Argentina/Ushuaia")]
    [InlineData("Culture", "en_US", "it", "de_CH")]
    [InlineData("Currency", "EUR", "USD", "XOF")]
    [InlineData("Email", "a@b.example", "first.last+tag@example.com", "root@localhost")]
    [InlineData("SafePath", "a", "a/b.php", "apps/x/..y/z", "a b")]
    [InlineData("PhpDateFormat", "d.m.y, G:i:s", "Y-m-d")]
    [InlineData("Character", ".", ",", ";", " ", "|")]
    [InlineData("DaysOrMonth", "1", "30", "3660", "month")]
    [InlineData("Endpoint", "unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine", "tcp://h.example.com:2376", "tcp://192.0.2.1:2375",
        "tcp://[2001:db8::1]:2376", "ssh://h", "ssh://root@h.example.com:2222", "ssh://root@[2001:db8::1]:22", "ssh://my_alias")]
    [InlineData("TargetUri", "ssh://backup@h.example.com:22/srv/backup", "sftp:u@h:/x", "rest:https://h:8000/x", "s3:https://h/bucket")]
    [InlineData("ImageName", "asterisell/debian12:latest", "a", "localhost/a", "r.example.com:5000/a/b-c__d.e:1.2-x")]
    [InlineData("ImageReference", "debian:bookworm-slim", "debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("DebianPackage", "lftp", "g++", "php8.2-cli", "libstdc++6=12.2.0-14+deb12u1", "lftp=1:4.9~rc1-2")]
    public void Takes(string format, params string[] texts) => Assert.All(texts, text => Assert.True(IsMatch(format, text), text));

    [Theory]
    [InlineData("Name", "", "b", "-a", ".a", "a.", "a..b", "a b", "a/b", "a*", "à1", "con", "CON", "nul.x", "lpt1", "a\n")]
    [InlineData("Name", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Tag", "", "a b", "*", "-a", "a/b")]
    [InlineData("PhpClass", "", "2a", "a b", "a-b", "a()", "a;", "A\\B", "A\n")]
    [InlineData("Report", "Klass", "Klass: Title", "Klass:\"Title\"", "K: \"a\"b\"", "K: \"a\\b\"", "K: \"\"", "K: \"a\n\"")]
    [InlineData("DatabaseName", "", "-a", "a b", "a`b", "a'b", "a;b", "a.b", "a$b")]
    [InlineData("UnixUser", "", "Root", "2a", "a b", "a:b")]
    [InlineData("WebUser", "", ".", "..", "a..b", "a/b", "a:b", "a b")]
    [InlineData("HostName", "", "-a", "a-", "a b", "a..b", "1.2.3", "256.1.1.1", "http://a", "a:80", "[::1]", "fe80::1%eth0", "münchen.de", "*")]
    [InlineData("IpAddress", "", "1", "1.2.3", "1.2.3.256", "01.2.3.4", "0x7f.0.0.1", "localhost", "::g", "[::1]", "fe80::1%1", "1.2.3.4:80")]
    [InlineData("TimeZone", "", "Rome", "Europe/Rom", "CET+1 ", "../../etc/passwd", "W. Europe Standard Time", "/etc/localtime")]
    [InlineData("Culture", "", "en-US", "EN_us", "english", "en_USA", "xx_US", "en_XX")]
    [InlineData("Currency", "", "eur", "EURO", "ZZZ", "€")]
    [InlineData("Email", "", "a", "@b", "a@", "a b@c", "a@b c", "<a@b>", "A <a@b.c>", "a@b@c", "a@-b")]
    [InlineData("SafePath", "", "/a", "../a", "a/..", "a/../b", "./a", "a/./b", "a//b", "a\\b", "c:/x", "..")]
    [InlineData("PhpDateFormat", "", "\"Y\"", "a\\b")]
    [InlineData("Character", "", "ab", "\t", "\n")]
    [InlineData("DaysOrMonth", "0", "3661", "-1", "m", "1.5", "030", "99999999999")]
    [InlineData("Endpoint", "", "unix:", "unix:///", "unix://host/x", "http://h", "tcp://h", "tcp://h:2376/x", "tcp://u@h:2376", "ssh://", "ssh://-oProxyCommand=x",
        "ssh://-l@h", "ssh://u:secret@h", "ssh://h/path", "ssh://h?x", "/var/run/docker.sock", "ssh://h h", "npipe://")]
    [InlineData("TargetUri", "", "x", "ssh://u:p@h/x", "rest:https://u:p@h/x", "s3:a b")]
    [InlineData("ImageName", "", "A", "a b", "a:", "a:b:c", "-a", "a/", "/a", "a//b", "../a", "a/../b", "a\nb", "a@sha256:00", "a?x", "a;b", "a$b", "a:-b", "a.")]
    [InlineData("ImageReference", "", "a@sha256:0123", "a@md5:0", "--privileged", "a:b@", "a AS b", "$BASE")]
    [InlineData("DebianPackage", "", "-y", "--allow-downgrades", "lftp-", "lftp/sid", "a b", "a;b", "a$(b)", "a?", "a*", "Lftp", "a=", "a=-1", "a=1 b", "./a.deb", "a\nb", "x")]
    public void Refuses(string format, params string[] texts) => Assert.All(texts, text => Assert.False(IsMatch(format, text), text));

    [Theory]
    [InlineData("ssh://-x")]
    [InlineData("ssh://-oProxyCommand=touch%20x")]
    [InlineData("ssh://[")]
    [InlineData("tcp://[::1:2376")]
    [InlineData("tcp://h:99999")]
    [InlineData("tcp://h:-1")]
    [InlineData("tcp://h:")]
    [InlineData("ssh://%00")]
    [InlineData("ssh://a@b@c")]
    [InlineData("ssh:///")]
    [InlineData("ssh://")]
    [InlineData("ssh://h\\x")]
    [InlineData("unix://")]
    [InlineData("npipe:////")]
    [InlineData("docker")]
    [InlineData("://")]
    [InlineData("ssh://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void An_endpoint_that_is_none_is_a_finding_at_its_place(string endpoint)
    {
        InventoryReadResult result = Inventories.Read($"version: 1\nhosts: {{ one: {{ endpoint: '{endpoint}' }} }}\n");
        Assert.Equal(["2:27 InvalidValue hosts.one.endpoint"], result.Places());
    }

    [Theory]
    [InlineData("currency: { code: eur }", "Did you mean 'EUR'?")]
    [InlineData("display: { culture: it-it }", "Did you mean 'it_IT'?")]
    [InlineData("container: { timeZone: Europe/Rom }", "Did you mean 'Europe/Rome'?")]
    [InlineData("container: { timeZone: W. Europe Standard Time }", "Did you mean 'Europe/Berlin'?")]
    [InlineData("rating: { costLimitPeriod: m }", "Did you mean 'month'?")]
    [InlineData("smtp: { encryption: tsl }", "Did you mean 'tls'?")]
    [InlineData("active: yes", "Write true.")]
    [InlineData("active: \"false\"", "Write false.")]
    [InlineData("ports: { http: \"8000\" }", "Leave out the quotes.")]
    [InlineData("ports: { http: 0800 }", "Write 800 without leading zeros: they mean octal to some programs.")]
    [InlineData("ports: { http: 8_000 }", "Write 8000.")]
    [InlineData("jobs: { import: A }", "Put it into brackets: [ ].")]
    [InlineData("httpd_domain1: x", "The old tool's 'httpd_domain1' is 'web.domain' here.")]
    [InlineData("http: 80", "Did you mean 'ports.http'?")]
    [InlineData("actve: true", "Did you mean 'active'?")]
    [InlineData("active+: true", "Write 'active'.")]
    public void Says_what_was_probably_meant(string body, string suggestion) => Assert.Equal(suggestion, Inventories.Finding(body).Suggestion);

    private static bool IsMatch(string format, string text) => SettingFormats.Of(Enum.Parse<SettingFormat>(format)).IsMatch(text);
}
