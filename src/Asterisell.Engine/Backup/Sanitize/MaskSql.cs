namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>The masks as expressions of SQL that every server since MariaDB 10.1 knows.</summary>
/// <remarks>
/// The keyed hash is HMAC-SHA256, spelled out since the server has no function for it: the two padded keys are variables of the session,
/// never text of a statement that is logged.
/// </remarks>
internal static class MaskSql
{
    /// <summary>Session variable with the key for the inner hash; binary.</summary>
    public const string InnerKey = "@asterisell_inner";

    /// <summary>Session variable with the key for the outer hash; binary.</summary>
    public const string OuterKey = "@asterisell_outer";

    /// <summary>Function in the database being sanitized, for lists; removed afterwards.</summary>
    public const string CodesFunction = "asterisell_mask_codes";

    /// <summary>Digits, and what the application or a switch writes beside them; an X where it hid one.</summary>
    private const string IsNumber = "REGEXP '^[0-9+*#]+X*$'";

    /// <summary>What a column becomes; NULL stays NULL, and an empty text stays empty.</summary>
    public static string Expression(SanitizeRule rule, string column, bool nullable) => rule switch
    {
        SanitizeRule.Name => UnlessEmpty(column, $"CONCAT('Name-', LEFT({Hash(column)}, 12))"),
        SanitizeRule.Email => UnlessEmpty(column, $"CONCAT(LEFT({Hash(column)}, 12), '@masked.invalid')"),
        SanitizeRule.Code => UnlessEmpty(column, $"CONCAT('c', LEFT({Hash(column)}, 12))"),
        SanitizeRule.Codes => $"{CodesFunction}({column})",
        SanitizeRule.Number => UnlessEmpty(
            column,
            $"IF({column} {IsNumber}, CONCAT({Prefix(column)}, LEFT(CONCAT('x', {Short(column)}), LEAST(6, CHAR_LENGTH({column})))), "
            + $"CONCAT('x', LEFT({Hash(column)}, 12)))"),
        SanitizeRule.HiddenNumber => UnlessEmpty(column, $"IF({column} {IsNumber}, CONCAT({Prefix(column)}, 'XXXXXX'), 'XXXXXX')"),
        SanitizeRule.Remove => nullable ? "NULL" : "''",
        SanitizeRule.Password => "'*'",
        SanitizeRule.UpgradeOutput => $"IF({column} LIKE 'Interrupt from error:%', 'Interrupt from error: (removed)', NULL)",
        SanitizeRule.Disable => "0",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    /// <summary>True of a row whose column is not masked.</summary>
    public static string IsClear(SanitizeRule rule, string column) => rule switch
    {
        SanitizeRule.Name => Unlike(column, "Name-[0-9a-f]{12}"),
        SanitizeRule.Email => Unlike(column, "[0-9a-f]{12}@masked[.]invalid"),
        SanitizeRule.Code => Unlike(column, "c[0-9a-f]{12}"),
        SanitizeRule.Codes => Unlike(column, "(c[0-9a-f]{12})?(,(c[0-9a-f]{12})?)*"),
        SanitizeRule.Number => Unlike(column, "[0-9+*#]*x[0-9a-z]{0,12}"),
        SanitizeRule.HiddenNumber => Unlike(column, "[0-9+*#]*XXXXXX"),
        SanitizeRule.Remove => $"{column} <> ''",
        SanitizeRule.Password => $"{column} <> '*'",
        SanitizeRule.UpgradeOutput => $"{column} <> 'Interrupt from error: (removed)'",
        SanitizeRule.Disable => $"{column} <> 0",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    /// <summary>The function for lists: each element by itself, so that a code is the same alone and in a list.</summary>
    public static string CreateCodesFunction => $"""
        CREATE FUNCTION {CodesFunction}(list TEXT CHARACTER SET utf8 COLLATE utf8_bin) RETURNS TEXT CHARACTER SET utf8 COLLATE utf8_bin DETERMINISTIC NO SQL
        BEGIN
          DECLARE masked TEXT CHARACTER SET utf8 COLLATE utf8_bin DEFAULT '';
          DECLARE code TEXT CHARACTER SET utf8 COLLATE utf8_bin;
          IF list IS NULL THEN
            RETURN NULL;
          END IF;
          next_code: LOOP
            SET code = TRIM(SUBSTRING_INDEX(list, ',', 1));
            SET masked = CONCAT(masked, {UnlessEmpty("code", $"CONCAT('c', LEFT({Hash("code")}, 12))")});
            IF LOCATE(',', list) = 0 THEN
              RETURN masked;
            END IF;
            SET list = SUBSTRING(list, LOCATE(',', list) + 1), masked = CONCAT(masked, ',');
          END LOOP;
        END
        """;

    private static string Hash(string value) =>
        $"SHA2(CONCAT({OuterKey}, UNHEX(SHA2(CONCAT({InnerKey}, CONVERT({value} USING utf8mb4)), 256))), 256)";

    /// <summary>Five digits to the base of 36: sixty million masks for the numbers that share their first digits.</summary>
    private static string Short(string value) => $"LPAD(LOWER(RIGHT(CONV(LEFT({Hash(value)}, 15), 16, 36), 5)), 5, '0')";

    private static string Prefix(string column) => $"LEFT({column}, GREATEST(CHAR_LENGTH({column}) - 6, 0))";

    private static string UnlessEmpty(string column, string mask) => $"IF({column} = '', '', {mask})";

    private static string Unlike(string column, string pattern) => $"{column} <> '' AND {column} NOT REGEXP '^{pattern}$'";
}
