using System.Text;
using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Operations;
using Asterisell.Tests.Unit.Deployment.Release;

namespace Asterisell.Tests.Unit.Deployment.Drift;

public sealed class DriftReportTests
{
    private static readonly RenderedConfiguration Nothing = new([], [], []);

    [Theory]
    [InlineData("  password: 'it''s # one'\n", "  password: ********\n")]
    [InlineData("smtp:\n  host: mail\n  password: \"a b\"\n", "smtp:\n  host: mail\n  password: ********\n")]
    [InlineData("  connections:\n    -\n      name: a\n      password: x\n  other: y\n", "  connections:\n    -\n      name: a\n      password: ********\n  other: y\n")]
    [InlineData("  connections:\n    - [a, u, geheim, h]\n  other: y\n", "  connections:\n    - ********\n  other: y\n")]
    [InlineData("  connections:\n  - a u geheim h\n  other: y\n", "  connections:\n  - ********\n  other: y\n")]
    [InlineData("$db->connect('u', $password = 'geheim');\n", "$db->connect('u', $password = ********);\n")]
    [InlineData("define('DB_PASSWORD', \"geheim\");\n", "define('DB_PASSWORD', ********);\n")]
    [InlineData("'password' => 'geheim',\n", "'password' => ********,\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\n********-----END RSA PRIVATE KEY-----\n")]
    [InlineData("culture: de_DE\nauth_basic_user_file /etc/nginx/billing.passwd;\n", "culture: de_DE\nauth_basic_user_file /etc/nginx/billing.passwd;\n")]
    public void Secrets_are_masked_in_configurations_and_programs(string text, string shown) => Assert.Equal(shown, SecretMask.Configuration(text));

    [Fact]
    public void A_changed_password_is_told_without_a_word_of_it()
    {
        AsterisellDrift drift = Tell("/var/www/billing/admin/config/databases.yml", isSecret: true, "a: 1\npassword: old\n", "a: 1\npassword: new\n");
        Assert.Equal((DriftChange.Changed, (string?)null, "Only secrets in it differ; they are not shown. Set-AsterisellDatabasePassword sets them."), (drift.Change, drift.Diff, drift.Note));
        AsterisellDrift both = Tell("/var/www/billing/admin/config/databases.yml", isSecret: true, "a: 1\npassword: old\n", "a: 2\npassword: new\n");
        Assert.Equal("@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n password: ********\n", both.Diff);
    }

    [Fact]
    public void Password_files_and_keys_are_never_shown()
    {
        AsterisellDrift drift = Tell("/etc/nginx/billing.passwd", isSecret: true, "a:$6$old\n", "a:$6$new\n");
        Assert.Equal(((string?)null, "It holds nothing but secrets; they are not shown."), (drift.Diff, drift.Note));
    }

    [Fact]
    public void A_file_that_is_missing_binary_or_readable_by_everybody_says_so()
    {
        Assert.Equal((DriftChange.Added, "@@ -0,0 +1,1 @@\n+x\n"), Tell("/etc/x", isSecret: false, null, "x\n") is var added ? (added.Change, added.Diff) : default);
        Assert.Equal("It is no text.", Tell("/etc/x", isSecret: false, "\0", "x").Note);
        Assert.StartsWith("Everybody", Tell("/etc/x.yml", isSecret: true, "x", "x").Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_and_upgrade_jobs_come_first()
    {
        using CheckoutFolder checkout = new();
        InstanceComparison found = new()
        {
            Configuration = Nothing, ConfigurationFiles = [], FormerConfiguration = ["/etc/nginx/billing-gone.passwd"], Tree = checkout.Read(), RunningVersion = "Asterisell-5.7",
            Container = [new SettingDifference("ports.http", "127.0.0.1:1", "127.0.0.1:2")],
            UpgradeJobs = new UpgradeJobList(["Next"], [new FailedUpgradeJob("Broken", null, "Interrupt from error: password = 'geheim'\nat line 3")]),
            Application =
            [
                new TreeDifference("VERSION", DriftChange.Changed, checkout.Read().Find("VERSION"), new RunningEntry("VERSION", TreeEntryKind.File, 14, 0, null)),
                new TreeDifference("lib", DriftChange.Added, new TreeEntry("lib", TreeEntryKind.Folder), null),
                new TreeDifference("mine", DriftChange.OperatorFile, null, new RunningEntry("mine", TreeEntryKind.File, 5, 0, null)),
            ],
        };
        IReadOnlyList<AsterisellDrift> told = DriftReport.Tell(CheckoutFolder.Instance, found, new Dictionary<string, string>());
        Assert.Equal(
            [
                "Version VERSION Asterisell-5.7 Asterisell-5.8 Activation", "UpgradeJob Next pending applied UpgradeJobs",
                "UpgradeJob Broken failed applied Nothing",
                "Setting ports.http 127.0.0.1:2 127.0.0.1:1 NewContainer", "Removed /etc/nginx/billing-gone.passwd   Nothing",
                "OperatorFile /var/www/billing/admin/mine   Nothing",
            ],
            told.Select(one => $"{one.Change} {one.Subject} {one.Running} {one.Wanted} {one.Effect}"));
        Assert.DoesNotContain("geheim", told[2].Note, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told[2].Note);
    }

    [Theory]
    [InlineData("class I:\n    default_upgrade_jobs = ['A', \"B_1\"]\n", "A B_1")]
    [InlineData("    default_upgrade_jobs = [\n      'A',  # the 'old' one\n      'B',\n    ]\n", "A B")]
    [InlineData("default_upgrade_jobs = []", "")]
    [InlineData("custom_upgrade_jobs = ['A']", "")]
    public void Upgrade_jobs_of_a_release_are_read_from_the_old_tools_program(string program, string jobs) =>
        Assert.Equal(jobs, string.Join(' ', ReleaseUpgradeJobs.Read(program)));

    private static AsterisellDrift Tell(string path, bool isSecret, string? stored, string wanted) => ConfigurationDrift.Of(
        CheckoutFolder.Instance,
        new FileDifference(
            new RenderedFile(path, Encoding.UTF8.GetBytes(wanted)) { IsSecret = isSecret },
            stored is null ? null : new StoredFile(Encoding.UTF8.GetBytes(stored), 0, 0, (UnixFileMode)0x1A4)));
}
