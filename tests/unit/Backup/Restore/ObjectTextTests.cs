using Asterisell.Engine.Backup.Restore.Database;

namespace Asterisell.Tests.Unit.Backup.Restore;

/// <summary>Views, triggers and routines get the instance's own user and database.</summary>
public class ObjectTextTests
{
    [Theory]
    [InlineData("/*!50017 DEFINER=`old`@`localhost`*/", "/*!50017 DEFINER=`new``er`@`localhost`*/")]
    [InlineData("CREATE DEFINER=`a``b`@`%` PROCEDURE p()", "CREATE DEFINER=`new``er`@`localhost` PROCEDURE p()")]
    [InlineData("create definer = 'old'@'10.0.0.%' sql security invoker view v", "create definer = `new``er`@`localhost` sql security invoker view v")]
    [InlineData("CREATE DEFINER=root@localhost TRIGGER t", "CREATE DEFINER=`new``er`@`localhost` TRIGGER t")]
    [InlineData("SQL SECURITY DEFINER */", "SQL SECURITY DEFINER */")]
    public void SetsTheDefiner(string text, string expected) => Assert.Equal(expected, ObjectText.Adapt(text, "new`er", null, "live"));

    [Theory]
    [InlineData("SELECT * FROM `shop`.`ar_cdr`", "SELECT * FROM `live`.`ar_cdr`")]
    [InlineData("DELETE FROM shop.ar_cdr", "DELETE FROM `live`.ar_cdr")]
    [InlineData("SELECT shop.name FROM ar_party AS shop", "SELECT shop.name FROM ar_party AS shop")]
    [InlineData("SELECT `workshop`.`id`, myshop.ar_x", "SELECT `workshop`.`id`, myshop.ar_x")]
    public void NamesTheDatabase(string text, string expected) => Assert.Equal(expected, ObjectText.Adapt(text, "user", "shop", "live"));

    [Fact]
    public void LeavesTheSameDatabaseAlone() => Assert.Equal("`shop`.`ar_cdr`", ObjectText.Adapt("`shop`.`ar_cdr`", "user", "shop", "shop"));

    [Fact]
    public void KeepsNamesWithinTheLimitOfTheServer()
    {
        DatabaseNames names = new(new string('x', 64));
        Assert.Equal(64, names.Staging.Length);
        Assert.Equal(64, names.Kept.Length);
        Assert.NotEqual(names.Staging, names.Kept);
        Assert.NotEqual(names.Live, names.Staging);
    }
}
