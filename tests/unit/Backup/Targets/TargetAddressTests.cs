using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Backup.Targets.Preparation;

namespace Asterisell.Tests.Unit.Backup.Targets;

public sealed class TargetAddressTests
{
    [Theory]
    [InlineData("ssh://backup@Vault:2222/srv/backup/", "backup", "Vault", 2222, "/srv/backup")]
    [InlineData("sftp:backup@vault:/srv/backup", "backup", "vault", null, "/srv/backup")]
    [InlineData("sftp://backup@[fe80::1]:22/srv", "backup", "fe80::1", 22, "/srv")]
    public void An_address_is_taken_apart(string uri, string user, string host, int? port, string folder)
    {
        TargetAddress address = TargetAddress.Parse(Target(uri));
        Assert.Equal((user, host, port, folder), (address.Login.User, address.Login.Host, address.Login.Port, address.Folder));
    }

    [Theory]
    [InlineData("rest:https://host/repository")]
    [InlineData("ssh://host")]
    [InlineData("ssh://host/")]
    [InlineData("ssh://host/srv/../../etc")]
    [InlineData("ssh://-oProxyCommand=touch/srv")]
    [InlineData("sftp:host")]
    public void What_could_be_taken_for_something_else_is_refused(string uri) =>
        Assert.Equal(ErrorKind.InvalidInput, Assert.Throws<AsterisellException>(() => TargetAddress.Parse(Target(uri))).Kind);

    [Theory]
    [InlineData("/srv/simple")]
    [InlineData("/srv/it's \"quoted\" $(touch x) `y` \\ %h")]
    public void A_folder_stays_one_word_for_a_shell(string folder) =>
        Assert.Equal(folder, System.Text.Encoding.UTF8.GetString(Processes.Run("sh", "-c", $"printf %s {LoginLine.QuoteForShell(folder)}")));

    private static BackupTarget Target(string uri) => new() { Name = "offsite", Uri = uri };
}
