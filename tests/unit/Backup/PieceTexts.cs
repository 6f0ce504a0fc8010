namespace Asterisell.Tests.Unit.Backup;

/// <summary>The pieces of one small database as mysqldump of MariaDB 10.11 writes them, in the order of loading.</summary>
internal static class PieceTexts
{
    public const string Structure = Head + """

        DROP TABLE IF EXISTS `ar_cdr`;
        CREATE TABLE `ar_cdr` (
          `id` int(11) NOT NULL AUTO_INCREMENT,
          `note` varchar(200) DEFAULT 'a;b' COMMENT 'it''s a (note); INSERT INTO `x` VALUES (1);',
          PRIMARY KEY (`id`)
        ) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_bin;
        DROP TABLE IF EXISTS `ar_lock`;
        CREATE TABLE `ar_lock` (
          `id` int(11) NOT NULL
        ) ENGINE=InnoDB;
        CREATE TABLE `ar_source_cdr` (
          `id` int(11) NOT NULL, `content` varchar(51200)
        ) ENGINE=InnoDB;
        """ + Tail;

    public const string Rows = Head + """

        LOCK TABLES `ar_cdr` WRITE;
        /*!40000 ALTER TABLE `ar_cdr` DISABLE KEYS */;
        INSERT INTO `ar_cdr` VALUES
        (1,'plain'),
        (2,'it\'s (quoted), \\'),
        (3,'INSERT INTO `ar_cdr` VALUES (4);');
        /*!40000 ALTER TABLE `ar_cdr` ENABLE KEYS */;
        UNLOCK TABLES;

        LOCK TABLES `ar_lock` WRITE;
        UNLOCK TABLES;

        LOCK TABLES `ar_source_cdr` WRITE;
        INSERT INTO `ar_source_cdr` VALUES
        (1,'a,\"b\",c\nsecond line\r\n'),
        (2,'città €'),
        (3,'-- Dump completed on 2024-01-01');
        INSERT INTO `ar_source_cdr` VALUES
        (4,'');
        UNLOCK TABLES;
        """ + Tail;

    /// <summary>The same rows without those of <c>ar_cdr</c>, which are in ranges then.</summary>
    public static readonly string OtherRows = Rows.Remove(Rows.IndexOf("LOCK TABLES `ar_cdr`", StringComparison.Ordinal), AllCalls.Length);

    /// <summary>The rows of <c>ar_cdr</c> by month.</summary>
    public static readonly IReadOnlyDictionary<string, string> CallRanges = new Dictionary<string, string>
    {
        ["2024-04"] = Range("(1,'plain'),\n(2,'it\\'s (quoted), \\\\');"),
        ["2024-05"] = Range("(3,'INSERT INTO `ar_cdr` VALUES (4);');"),
    };

    private static string AllCalls => Rows[
        Rows.IndexOf("LOCK TABLES `ar_cdr`", StringComparison.Ordinal)..Rows.IndexOf("LOCK TABLES `ar_lock`", StringComparison.Ordinal)];

    private static string Range(string rows) => $"{Head}\nLOCK TABLES `ar_cdr` WRITE;\nINSERT INTO `ar_cdr` VALUES\n{rows}\nUNLOCK TABLES;\n{Tail}";

    public const string Objects = Head + """

        DELIMITER ;;
        /*!50003 CREATE*/ /*!50017 DEFINER=`asterisell`@`localhost`*/ /*!50003 TRIGGER `compile_rate_trigger` BEFORE UPDATE ON `ar_lock` FOR EACH ROW
        INSERT INTO ar_cdr VALUES (1,'x'),(2,'y') */;;
        CREATE DEFINER=`asterisell`@`localhost` PROCEDURE `schedule_rerating`(IN d DATETIME)
        BEGIN
        INSERT INTO ar_lock VALUES (5--1);
        END ;;
        DELIMITER ;
        /*!50001 CREATE ALGORITHM=UNDEFINED */
        /*!50013 DEFINER=`asterisell`@`localhost` SQL SECURITY DEFINER */
        /*!50001 VIEW `ar_view_all_user_permissions` AS select 1 AS `ar_user_id`,1 AS `ar_permission_id` */;
        """ + Tail;

    private const string Head = "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)\n--\n/*!40101 SET NAMES utf8mb4 */;\n";

    private const string Tail = "\n/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;\n\n-- Dump completed on 2024-05-01  2:15:00\n";
}
