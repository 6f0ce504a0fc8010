using System.Buffers;
using System.Text;
using Asterisell.Engine.Backup.Restore.Application;

namespace Asterisell.Tests.Unit.Backup.Restore;

public class DumpFileFilterTests
{
    private const string Text = """
        /*M!999999\- enable the sandbox mode */
        -- MariaDB dump 10.19
        CREATE TABLE `ar_rate` (
          `id` int(11) NOT NULL
        );
        INSERT INTO `ar_rate` VALUES (1,'DEFINER=`old`@`localhost` USE `x`;\n/*!50017 DEFINER=`old`@`localhost`*/'),(2,'CREATE DATABASE');
        DELIMITER ;;
        /*!50003 CREATE*/ /*!50017 DEFINER=`old`@`localhost`*/ /*!50003 TRIGGER t BEFORE UPDATE ON ar_rate FOR EACH ROW
        BEGIN
          SET NEW.id = 1;
        END */;;
        DELIMITER ;
        /*!50013 DEFINER=`old`@`%` SQL SECURITY DEFINER */
        -- Dump completed
        """;

    [Fact]
    public void GivesObjectsTheirNewOwnerAndLeavesRowsAloneHoweverTheTextIsCut()
    {
        string expected = Text.Replace("/*!50003 CREATE*/ /*!50017 DEFINER=`old`@`localhost`*/", "/*!50003 CREATE*/ /*!50017 DEFINER=`own`@`localhost`*/", StringComparison.Ordinal)
            .Replace("/*!50013 DEFINER=`old`@`%`", "/*!50013 DEFINER=`own`@`localhost`", StringComparison.Ordinal);

        for (int size = 1; size <= Text.Length; size++)
        {
            Assert.Equal(expected, Pass(Text, size));
        }
    }

    [Theory]
    [InlineData("USE `other`;")]
    [InlineData("CREATE DATABASE /*!32312 IF NOT EXISTS*/ `other`;")]
    public void RefusesATextThatGoesElsewhere(string line) =>
        Assert.Contains("chooses a database", Assert.Throws<InvalidDataException>(() => Pass($"-- Dump\n{line}\nDROP TABLE x;\n", 7)).Message, StringComparison.Ordinal);

    private static string Pass(string text, int size)
    {
        ArrayBufferWriter<byte> output = new();
        DumpFileFilter filter = new("own", output);
        foreach (byte[] part in Encoding.UTF8.GetBytes(text).Chunk(size))
        {
            filter.Feed(part);
        }

        filter.Complete();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
