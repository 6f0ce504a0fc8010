using Asterisell.Engine.Deployment.Passwords;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Unit.Deployment;

public sealed class PasswordTests
{
    private const string Hash = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19";

    [Theory]
    [InlineData("CREATE USER `x`@`localhost`", "mysql_native_password USING ''")]
    [InlineData("CREATE USER `x`@`localhost` IDENTIFIED BY PASSWORD '*AB' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3 ACCOUNT LOCK", "mysql_native_password USING '*AB'")]
    [InlineData("CREATE USER `root`@`localhost` IDENTIFIED VIA mysql_native_password USING 'invalid' OR unix_socket", "mysql_native_password USING 'invalid'|unix_socket")]
    [InlineData("CREATE USER `x`@`localhost` IDENTIFIED VIA unix_socket OR mysql_native_password USING '*AB' PASSWORD EXPIRE NEVER", "unix_socket|mysql_native_password USING '*AB'")]
    [InlineData("CREATE USER `a IDENTIFIED VIA b`@`localhost` IDENTIFIED VIA ed25519 USING 'a OR b'", "ed25519 USING 'a OR b'")]
    [InlineData("CREATE USER 'old'@'localhost' IDENTIFIED BY PASSWORD '*AB'", "mysql_native_password USING '*AB'")]
    public void The_ways_into_an_account_are_read(string statement, string methods) =>
        Assert.Equal(methods.Split('|'), AccountLogin.Parse(statement).Methods);

    [Fact]
    public void Of_a_login_that_is_not_known_nothing_is_quoted()
    {
        FormatException failure = Assert.Throws<FormatException>(() => AccountLogin.Parse("CREATE USER `x`@`y` IDENTIFIED WITH 'secret-hash'"));
        Assert.DoesNotContain("secret-hash", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Former_and_new_password_are_good_then_only_the_new_one_and_the_socket_stays()
    {
        AccountLogin before = AccountLogin.Parse("CREATE USER `root`@`localhost` IDENTIFIED VIA mysql_native_password USING '*AB' OR unix_socket");
        Assert.Equal($"IDENTIFIED VIA mysql_native_password USING '*AB' OR unix_socket OR mysql_native_password USING '{Hash}'", before.And(Hash).ToString());
        AccountLogin after = before.And(Hash).Only(Hash);
        Assert.Equal($"IDENTIFIED VIA mysql_native_password USING '{Hash}' OR unix_socket", after.ToString());
        Assert.Equal(after, after.Only(Hash));
        Assert.NotEqual(after, before);
    }

    [Theory]
    [InlineData("new one")]
    [InlineData("it's \"quoted\" #: [x] %")]
    [InlineData("a\nb")]
    [InlineData("pässwörd €")]
    public void A_file_changes_in_its_password_alone(string password)
    {
        string text = "# kept\nall:\n  propel:\n    class: sfPropelDatabase\n    param:\n      dsn: 'mysql:dbname=db;host=localhost'\n      username: me\n"
            + "      password:   'old ''one'''   # why\n      encoding: utf8\n\n  other: { a: 1 }\n";
        CredentialFile file = new("/x", text, new FileOwnership("root", "root", 0x1A0), DatabasesYml.Parse(text));
        string changed = file.With(new Secret(password));
        Assert.Equal(password, DatabasesYml.Parse(changed).Password);
        int at = text.IndexOf("'old", StringComparison.Ordinal);
        Assert.StartsWith(text[..at], changed, StringComparison.Ordinal);
        Assert.EndsWith("   # why\n      encoding: utf8\n\n  other: { a: 1 }\n", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_YAML_is_written_anew()
    {
        string text = "all:\n  propel:\n    param:\n      database: db\n      username: me\n      password: @odd%\n";
        CredentialFile file = new("/x", text, new FileOwnership("root", "root", 0x1A0), DatabasesYml.Parse(text));
        Assert.Equal("@odd%", file.Credentials.Password);
        Assert.Equal(DatabasesYmlFile.Of("db", "me", "new"), file.With(new Secret("new")));
        Assert.DoesNotContain("@odd%", file.ToString(), StringComparison.Ordinal);
    }
}
