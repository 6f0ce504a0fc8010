namespace Asterisell.Tests.Unit.Backup;

/// <summary>Dumps as mysqldump writes them, with what has misled readers of dumps.</summary>
internal static class DumpTexts
{
    /// <summary>As of MariaDB 10.11: rows on lines of their own, views first as views.</summary>
    public const string New = """
        /*M!999999\- enable the sandbox mode */ 
        -- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
        --
        -- Host: localhost    Database: asterisell
        -- ------------------------------------------------------
        -- Server version	10.11.6-MariaDB-0+deb12u1

        /*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
        /*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;

        --
        -- Table structure for table `ar_cdr`
        --

        DROP TABLE IF EXISTS `ar_cdr`;
        /*!40101 SET @saved_cs_client     = @@character_set_client */;
        CREATE TABLE `ar_cdr` (
          `id` int(11) NOT NULL AUTO_INCREMENT,
          `note` varchar(200) DEFAULT 'a;b' COMMENT 'it''s a (note); INSERT INTO `x` VALUES (1);',
          PRIMARY KEY (`id`)
        ) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_bin;

        LOCK TABLES `ar_cdr` WRITE;
        /*!40000 ALTER TABLE `ar_cdr` DISABLE KEYS */;
        INSERT INTO `ar_cdr` VALUES
        (1,'plain'),
        (2,'it\'s (quoted), \\'),
        (3,'INSERT INTO `ar_cdr` VALUES (4);');
        /*!40000 ALTER TABLE `ar_cdr` ENABLE KEYS */;
        UNLOCK TABLES;

        DROP TABLE IF EXISTS `ar_lock`;
        CREATE TABLE `ar_lock` (
          `id` int(11) NOT NULL
        ) ENGINE=InnoDB;

        LOCK TABLES `ar_lock` WRITE;
        UNLOCK TABLES;

        CREATE TABLE `ar_rate` (
          `id` int(11) NOT NULL, `content` longblob
        ) ENGINE=InnoDB;
        INSERT INTO `ar_rate` VALUES
        (1,0x789C),
        (2,NULL);
        /*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
        DELIMITER ;;
        /*!50003 CREATE*/ /*!50017 DEFINER=`asterisell`@`localhost`*/ /*!50003 TRIGGER `compile_rate_trigger` BEFORE UPDATE ON `ar_rate` FOR EACH ROW
        BEGIN
        -- don't count this
        INSERT INTO ar_cdr VALUES (1,'x'),(2,'y');
        /* nor (this); it's a comment */
        SET NEW.content = 'a;b';
        END */;;
        DELIMITER ;

        CREATE TABLE `ar_source_cdr` (
          `id` int(11) NOT NULL, `content` varchar(51200)
        ) ENGINE=InnoDB;
        INSERT INTO `ar_source_cdr` VALUES
        (1,'a,\"b\",c\nsecond line\r\n'),
        (2,'città €'),
        (3,'-- Dump completed on 2024-01-01');
        INSERT INTO `ar_source_cdr` VALUES
        (4,'');

        SET @saved_cs_client     = @@character_set_client;
        /*!50001 CREATE VIEW `ar_view_all_user_permissions` AS SELECT
         1 AS `ar_user_id`,
          1 AS `ar_permission_id` */;

        DELIMITER ;;
        /*!50106 CREATE*/ /*!50117 DEFINER=`root`@`localhost`*/ /*!50106 EVENT `nightly` ON SCHEDULE EVERY 1 DAY DO
        INSERT INTO ar_lock VALUES (1) */ ;;
        DELIMITER ;

        DELIMITER ;;
        CREATE DEFINER=`asterisell`@`localhost` FUNCTION `get_ported_telephone_number`(n VARCHAR(20)) RETURNS varchar(20) CHARSET utf8mb3
        BEGIN # it's ported (perhaps)
          RETURN n;
        END ;;
        DELIMITER ;
        DELIMITER ;;
        CREATE DEFINER=`asterisell`@`localhost` PROCEDURE `schedule_rerating`(IN d DATETIME)
        BEGIN
        INSERT INTO ar_lock VALUES (5--1);
        END ;;
        DELIMITER ;

        /*!50001 DROP VIEW IF EXISTS `ar_view_all_user_permissions`*/;
        /*!50001 CREATE ALGORITHM=UNDEFINED */
        /*!50013 DEFINER=`asterisell`@`localhost` SQL SECURITY DEFINER */
        /*!50001 VIEW `ar_view_all_user_permissions` AS select 1 AS `ar_user_id`,1 AS `ar_permission_id` */;

        /*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;

        -- Dump completed on 2024-05-01  2:15:00

        """;

    /// <summary>As of MariaDB 10.1: all rows in one line, views first as tables.</summary>
    public const string Old = """
        -- MySQL dump 10.16  Distrib 10.1.48-MariaDB, for Linux (x86_64)
        --
        -- Host: localhost    Database: asterisell
        /*!40101 SET NAMES utf8 */;
        DROP TABLE IF EXISTS `ar_user`;
        CREATE TABLE `ar_user` (
          `id` int(11) NOT NULL, `login` varchar(100)
        ) ENGINE=TokuDB COMPRESSION=tokudb_quicklz;
        INSERT INTO `ar_user` VALUES (1,'admin'),(2,'o\'neill'),(3,NULL);
        /*!50001 CREATE TABLE `ar_report_to_read_user_view` (
          `id` tinyint NOT NULL
        ) ENGINE=MyISAM */;
        /*!50001 DROP TABLE IF EXISTS `ar_report_to_read_user_view`*/;
        /*!50001 CREATE ALGORITHM=UNDEFINED */
        /*!50001 VIEW `ar_report_to_read_user_view` AS select 1 AS `id` */;
        -- Dump completed on 2018-05-01  2:15:00

        """;
}
