using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>What the rules say of the tables that a database really has. A column of text that no rule knows makes it refuse.</summary>
/// <param name="Tables">Tables with something to do.</param>
/// <param name="Allowed">Columns without a rule that the operator let pass, as <c>table.column</c>.</param>
internal sealed record SanitizePlan(IReadOnlyList<SanitizeTable> Tables, IReadOnlyList<string> Allowed)
{
    private static readonly HashSet<string> Integers =
        new(StringComparer.OrdinalIgnoreCase) { "tinyint", "smallint", "mediumint", "int", "bigint" };

    /// <summary>Types that hold no text: a person is not in a number, a time or a choice of the programmer.</summary>
    private static readonly HashSet<string> Harmless = new(Integers, StringComparer.OrdinalIgnoreCase)
    {
        "decimal", "float", "double", "bit", "date", "datetime", "timestamp", "time", "year", "enum", "set",
    };

    /// <summary>Looks at a database.</summary>
    /// <param name="session">A session that sees its columns.</param>
    /// <param name="database">Its name.</param>
    /// <param name="rules">What is known.</param>
    /// <param name="allowed">Wildcards of <c>table.column</c> that may stay although no rule knows them.</param>
    /// <param name="target">The instance as messages name it.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="AsterisellException"><c>SanitizeColumnUnknown</c>.</exception>
    public static async Task<SanitizePlan> ReadAsync(
        ClientSession session, string database, SanitizeRules rules, IReadOnlyList<string> allowed, string target, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> columns = await session.AskAsync(
            $"""
            SELECT c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.IS_NULLABLE, c.COLUMN_KEY
            FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
            WHERE c.TABLE_SCHEMA = {SqlLiteral.Encode(database)} AND t.TABLE_TYPE <> 'VIEW'
            ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION
            """,
            cancellation).ConfigureAwait(false);
        return Make([.. columns.Select(row => new FoundColumn(row[0], row[1], row[2], row[3] == "YES", row[4] == "PRI"))], rules, allowed, target);
    }

    /// <summary>Compares columns with the rules.</summary>
    internal static SanitizePlan Make(IReadOnlyList<FoundColumn> columns, SanitizeRules rules, IReadOnlyList<string> allowed, string target)
    {
        FoundColumn[] unknown = [.. columns.Where(column =>
            !Harmless.Contains(column.Type) && !rules.IsEmptied(column.Table) && rules.Find(column.Table, column.Name) is null)];
        FoundColumn[] refused = [.. unknown.Where(column => !allowed.Any(pattern => Wildcard.IsMatch(pattern, column.ToString())))];
        if (refused.Length > 0)
        {
            throw SanitizeErrors.SanitizeColumnUnknown(target, [.. refused.Select(column => column.ToString())]);
        }

        return new SanitizePlan(
            [.. columns.GroupBy(column => column.Table, (name, own) => TableOf(name, [.. own], rules)).Where(table => table.Emptied || table.Masked.Count > 0)],
            [.. unknown.Select(column => column.ToString())]);
    }

    private static SanitizeTable TableOf(string name, FoundColumn[] columns, SanitizeRules rules)
    {
        if (rules.IsEmptied(name))
        {
            return new SanitizeTable { Name = name, Emptied = true };
        }

        SanitizeColumn[] masked = [.. columns
            .Select(column => new SanitizeColumn(column.Name, RuleOf(name, column, rules), column.Nullable))
            .Where(column => column.Rule != SanitizeRule.Keep)];
        FoundColumn[] key = [.. columns.Where(column => column.InPrimaryKey)];
        return new SanitizeTable
        {
            Name = name,
            Masked = masked,
            Numbers = [.. columns
                .Where(column => (Integers.Contains(column.Type) || column.Type == "decimal") && masked.All(other => other.Name != column.Name))
                .Select(column => column.Name)],
            Key = key is [var only] && Integers.Contains(only.Type) ? only.Name : null,
        };
    }

    /// <summary>A mask of text is no rule for a number that has the same name in another version.</summary>
    private static SanitizeRule RuleOf(string table, FoundColumn column, SanitizeRules rules) =>
        rules.Find(table, column.Name) is { } rule && (rule == SanitizeRule.Disable) == Harmless.Contains(column.Type) ? rule : SanitizeRule.Keep;

    /// <summary>A column as the server describes it.</summary>
    internal sealed record FoundColumn(string Table, string Name, string Type, bool Nullable, bool InPrimaryKey)
    {
        public override string ToString() => $"{Table}.{Name}";
    }
}
