namespace Asterisell.Engine.Instances;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>White space or a comment; its text is one blank, so that nothing put behind it can be commented out.</summary>
    Space,

    /// <summary>Keyword or bare name.</summary>
    Word,

    /// <summary><c>'…'</c> or <c>"…"</c>.</summary>
    Text,

    /// <summary><c>`…`</c>.</summary>
    QuotedName,

    /// <summary><c>@name</c>.</summary>
    Value,

    /// <summary>Anything else: one character, or <c>@@name</c>, a server variable.</summary>
    Other,
}

/// <summary>A piece of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="Depth">Parentheses around it.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Depth)
{
    public bool Is(string word) => Kind == SqlTokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts our own SQL into pieces, so that values and null marks are put where they belong and never into a text or a comment.</summary>
internal static class SqlLexer
{
    public static List<SqlToken> Cut(string sql)
    {
        var tokens = new List<SqlToken>();
        int depth = 0;
        for (int at = 0; at < sql.Length;)
        {
            (SqlTokenKind kind, int length) = Next(sql, at);
            string text = kind == SqlTokenKind.Space ? " " : sql.Substring(at, length);
            depth -= text == ")" ? 1 : 0;
            tokens.Add(new SqlToken(kind, text, depth));
            depth += text == "(" ? 1 : 0;
            at += length;
        }

        return tokens;
    }

    private static (SqlTokenKind Kind, int Length) Next(string sql, int at)
    {
        char c = sql[at];
        char following = at + 1 < sql.Length ? sql[at + 1] : '\0';
        return c switch
        {
            '\'' or '"' => (SqlTokenKind.Text, QuotedLength(sql, at, c, backslash: true)),
            '`' => (SqlTokenKind.QuotedName, QuotedLength(sql, at, c, backslash: false)),
            '@' when following == '@' => (SqlTokenKind.Other, 2 + NameLength(sql, at + 2)),
            '@' => (SqlTokenKind.Value, 1 + NameLength(sql, at + 1)),
            '#' => (SqlTokenKind.Space, LengthThrough(sql, at, "\n")),
            '-' when following == '-' && (at + 2 == sql.Length || char.IsWhiteSpace(sql[at + 2])) => (SqlTokenKind.Space, LengthThrough(sql, at, "\n")),
            '/' when following == '*' => (SqlTokenKind.Space, LengthThrough(sql, at, "*/")),
            _ when char.IsWhiteSpace(c) => (SqlTokenKind.Space, 1),
            _ when NameLength(sql, at) is > 0 and int length => (SqlTokenKind.Word, length),
            _ => (SqlTokenKind.Other, 1),
        };
    }

    private static int NameLength(string sql, int at)
    {
        int end = at;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] is '_' or '$'))
        {
            end++;
        }

        return end - at;
    }

    private static int QuotedLength(string sql, int at, char quote, bool backslash)
    {
        for (int end = at + 1; end < sql.Length; end++)
        {
            if (backslash && sql[end] == '\\')
            {
                end++;
            }
            else if (sql[end] == quote)
            {
                return end + 1 - at;
            }
        }

        throw new ArgumentException($"The statement ends inside a quotation that began at character {at}.", nameof(sql));
    }

    private static int LengthThrough(string sql, int at, string mark)
    {
        int end = sql.IndexOf(mark, at + 1, StringComparison.Ordinal);
        return (end < 0 ? sql.Length : end + mark.Length) - at;
    }
}
