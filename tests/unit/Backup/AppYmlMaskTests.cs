using Asterisell.Engine.Backup.Sanitize;

namespace Asterisell.Tests.Unit.Backup;

public class AppYmlMaskTests
{
    [Fact]
    public void TakesOutWhatReachesTheWorldAndNothingElse()
    {
        const string Clear = """
            all:
              instance_code_name: billing
              smtp:
                host: mail.example.com
                port: 25
                password: 'it''s: secret'
                smtp_command: "/usr/sbin/sendmail"
              # kept: a comment
              available:
                phpReports:
                  SomeReport: "A title"
                always_scheduled_jobs:
                  - RecalculateReportSets
                  - ImportFromProvider
                  - "MyRDiffBackupJob"
                  - BackupCDRS
                jobs:
                - ForceExecutionOfReportSchedulerJob
                - MailEverybody
                upgrade_jobs:
                  - Upgrade_2017_01_24
                  - CustomUpgrade
              contact_external_hosts: true
              connections:
                - name: provider
                  user: asterisk
                  password: provider-secret
                  host: pbx.example.com
              currency: EUR
              host: not the mail server's
            """;
        const string Expected = """
            all:
              instance_code_name: billing
              smtp:
                host: ""
                port: 25
                password: ""
                smtp_command: ""
              # kept: a comment
              available:
                phpReports:
                  SomeReport: "A title"
                always_scheduled_jobs:
                  - RecalculateReportSets
                  - BackupCDRS
                jobs:
                - ForceExecutionOfReportSchedulerJob
                upgrade_jobs:
                  - Upgrade_2017_01_24
                  - CustomUpgrade
              contact_external_hosts: false
              connections: []
              currency: EUR
              host: not the mail server's
            """;

        Assert.Equal(Expected, AppYmlMask.Mask(Clear));
    }

    [Theory]
    [InlineData("all:\n  connections:\n  - name: a\n    password: secret\n  currency: EUR\n", "all:\n  connections: []\n  currency: EUR\n")]
    [InlineData("all:\n  connections: []\n", "all:\n  connections: []\n")]
    [InlineData("all:\r\n  smtp:\r\n    host: mail\r\n", "all:\r\n  smtp:\r\n    host: \"\"\n")]
    [InlineData("all:\n  smtp: { host: mail, password: secret }\n", "all:\n  smtp: {}\n")]
    [InlineData("all:\n  available:\n    always_scheduled_jobs: [BackupCDRS, Import]\n", "all:\n  available:\n    always_scheduled_jobs: []\n")]
    [InlineData("", "")]
    public void KnowsOtherForms(string clear, string expected) => Assert.Equal(expected, AppYmlMask.Mask(clear));
}
