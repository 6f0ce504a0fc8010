using System.Text;

namespace Asterisell.Engine.Instances;

/// <summary>One statement ready for the client.</summary>
/// <remarks>
/// The client's tab-separated form escapes every byte it must, but writes NULL and the text 'NULL' alike; its XML form tells those apart
/// but turns NUL into a blank. So a SELECT is asked in the first form, with one more column that says of each cell whether it is NULL.
/// That needs columns by name: no <c>*</c>, and <c>AS</c> before a name. Statements of other kinds (<c>SHOW</c>, <c>CHECKSUM</c>…) give
/// short text and are asked in the second form.
/// </remarks>
/// <param name="Text">For the client, without the final semicolon.</param>
/// <param name="Columns">Names of the columns where <see cref="Text"/> has the column of null marks behind them; null for the XML form.</param>
internal sealed record SqlStatement(string Text, IReadOnlyList<string>? Columns)
{
    /// <summary>Name of the added column.</summary>
    public const string NullMarks = "asterisell_nulls";

    private static readonly HashSet<string> AfterColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "INTO", "FOR", "LOCK", "WINDOW",
    };

    private static readonly HashSet<string> BeforeColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALL", "DISTINCT", "DISTINCTROW", "HIGH_PRIORITY", "STRAIGHT_JOIN", "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_BUFFER_RESULT",
        "SQL_NO_CACHE", "SQL_CACHE",
    };

    /// <summary>Puts values in place and adds null marks.</summary>
    /// <exception cref="ArgumentException">A value is missing or never used, a column has no name, or there is more than one statement.</exception>
    public static SqlStatement Prepare(string sql, IReadOnlyDictionary<string, object?>? values)
    {
        List<SqlToken> tokens = SqlLexer.Cut(WithValues(sql, values));
        while (tokens.Count > 0 && (tokens[^1].Kind == SqlTokenKind.Space || tokens[^1].Text == ";"))
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        if (tokens.Any(token => token.Kind == SqlTokenKind.Other && token.Text is ";" or "\\"))
        {
            throw new ArgumentException("Only one statement at a time, and no command of the client.", nameof(sql));
        }

        return tokens.Find(token => token.Kind != SqlTokenKind.Space).Is("SELECT") ? Marked(tokens) : new SqlStatement(Join(tokens), null);
    }

    private static string WithValues(string sql, IReadOnlyDictionary<string, object?>? values)
    {
        var text = new StringBuilder();
        var unused = new HashSet<string>(values?.Keys ?? [], StringComparer.Ordinal);
        foreach (SqlToken token in SqlLexer.Cut(sql))
        {
            if (token.Kind != SqlTokenKind.Value)
            {
                text.Append(token.Text);
                continue;
            }

            string name = token.Text[1..];
            if (values is null || !values.TryGetValue(name, out object? value))
            {
                throw new ArgumentException($"The statement wants a value '{name}', which was not given.", nameof(values));
            }

            text.Append(SqlLiteral.Encode(value));
            unused.Remove(name);
        }

        return unused.Count == 0
            ? text.ToString()
            : throw new ArgumentException($"The statement has no place for the value '{unused.First()}'.", nameof(values));
    }

    private static SqlStatement Marked(List<SqlToken> tokens)
    {
        var text = new StringBuilder();
        IReadOnlyList<string>? columns = null;
        for (int at = 0; at < tokens.Count; at++)
        {
            text.Append(tokens[at].Text);
            if (tokens[at].Depth == 0 && tokens[at].Is("SELECT"))
            {
                int end = tokens.FindIndex(at, token => token.Depth == 0 && token.Kind == SqlTokenKind.Word && AfterColumns.Contains(token.Text));
                end = end < 0 ? tokens.Count : end;
                List<SqlColumn> list = SqlColumn.Split(tokens[(at + 1)..end], BeforeColumns);
                columns ??= [.. list.Select(column => column.Name)];
                text.Append(Join(tokens[(at + 1)..end])).Append(", CONCAT(");
                text.AppendJoin(", ", list.Select(column => $"({column.Expression}) IS NULL"));
                text.Append(") AS ").Append(NullMarks).Append(' ');
                at = end - 1;
            }
        }

        return new SqlStatement(text.ToString(), columns);
    }

    private static string Join(IEnumerable<SqlToken> tokens) => string.Concat(tokens.Select(token => token.Text));
}
