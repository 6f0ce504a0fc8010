using Asterisell.Engine.Repository.Secrets;

namespace Asterisell.Tests.Unit.Repository;

public sealed class SecretRulesTests
{
    [Theory]
    [InlineData("fabric_data/asterisell_instances.py", "  database_password = 'hunter2'", "database_password = '********'")]
    [InlineData("fabric_data/asterisell_instances.py", "  user_database_password = \"hunter2\"", "user_database_password = \"********\"")]
    [InlineData("fabric_data/asterisell_instances.py", "  return [ConnectionParams('cdrs', 'reader', 'hunter2', 'db.example.com', '')]", "return [ConnectionParams('cdrs', 'reader', '********', 'db.example.com', '')]")]
    [InlineData("fabric_data/asterisell_instances.py", "  webdav_users = [('reseller', 'hunter2')]", "webdav_users = [('reseller', '********')]")]
    [InlineData("fabric_data/passwords.ini", "billing_password=hunter2", "billing_password=********")]
    [InlineData("asterisell.yml", "      password: hunter2", "password: ********")]
    [InlineData("asterisell.yml", "      password: hunter two # the old one", "password: ******** # the old one")]
    [InlineData("asterisell.yml", "    database: { password: hunter2, customerPassword: { env: A } }", "database: { password: ********, customerPassword: { env: A } }")]
    [InlineData("asterisell.yml", "      customerPassword: 'hunter2'", "customerPassword: '********'")]
    [InlineData("asterisell.yml", "      # password: hunter2", "# password: ********")]
    [InlineData("asterisell.yml", "      password: { secret: billing-customer, vault: Operations }", null)]
    [InlineData("asterisell.yml", "      password: { file: ~/.config/asterisell/billing.password }", null)]
    [InlineData("asterisell.yml", "      password: { prompt: \"SMTP password\" }", null)]
    [InlineData("asterisell.yml", "      password:", null)]
    [InlineData("asterisell.yml", "      password: null", null)]
    [InlineData("asterisell.yml", "      password: ${PASSWORD}", null)]
    [InlineData("asterisell.yml", "      password: hunter2 # not-a-secret", null)]
    [InlineData("config/databases.yml", "      password:     root", "password:     ********")]
    [InlineData("apps/connect.php", "$password = 'hunter2';", "$password = '********';")]
    [InlineData("apps/connect.php", "'password' => 'hunter2',", "'password' => '********',")]
    [InlineData("apps/connect.php", "define('DB_PASSWORD', 'hunter2');", "define('DB_PASSWORD', '********');")]
    [InlineData("apps/connect.php", "$password = getPassword($user);", null)]
    [InlineData("apps/connect.php", "if ($password == $other) {", null)]
    [InlineData("apps/connect.php", "$password = $_POST['password'];", null)]
    [InlineData("fabfile.py", "password = get_password_for('billing')", null)]
    [InlineData("a.json", "{ \"smtpPassword\": \"hunter2\" }", "{ \"smtpPassword\": \"********\" }")]
    [InlineData("a.xml", "<dbPassword>hunter2</dbPassword>", "<dbPassword>********</dbPassword>")]
    [InlineData("a.sql", "GRANT ALL ON x.* TO 'a'@'%' IDENTIFIED BY 'hunter2';", "GRANT ALL ON x.* TO 'a'@'%' IDENTIFIED BY '********';")]
    [InlineData("apps/import.php", "$url = \"ftp://reader:hunter2@cdr.example.com/\";", "$url = \"ftp://reader:********@cdr.example.com/\";")]
    [InlineData("README.md", "Set password: hunter2 there.", null)]
    [InlineData("README.md", "git clone https://me:hunter2@example.com/x.git", "git clone https://me:********@example.com/x.git")]
    [InlineData("notes.txt", "-----BEGIN OPENSSH PRIVATE KEY-----", "********")]
    [InlineData("id.pub", "-----BEGIN PUBLIC KEY-----", null)]
    [InlineData("a.sh", "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "export AWS_ACCESS_KEY_ID=********")]
    public void A_line_is_named_masked_or_passed(string path, string line, string? expected)
    {
        string? found = SecretRules.Find(line, path);
        Assert.Equal(expected, found);
        Assert.DoesNotContain("hunter2", found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_costs_no_time()
    {
        string line = string.Concat(Enumerable.Repeat("password='", 500_000));
        Assert.NotNull(SecretRules.Mask(line, "a.php"));
    }
}
