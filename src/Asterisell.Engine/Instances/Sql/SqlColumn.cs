namespace Asterisell.Engine.Instances;

/// <summary>One column of a SELECT.</summary>
/// <param name="Name">Its name: after <c>AS</c>, or the column's own.</param>
/// <param name="Expression">What it is computed from.</param>
internal sealed record SqlColumn(string Name, string Expression)
{
    /// <summary>The columns between SELECT and FROM.</summary>
    /// <exception cref="ArgumentException">A column has no name of its own.</exception>
    public static List<SqlColumn> Split(IEnumerable<SqlToken> tokens, IReadOnlySet<string> modifiers)
    {
        var columns = new List<SqlColumn>();
        var current = new List<SqlToken>();
        foreach (SqlToken token in tokens)
        {
            if (token is { Text: ",", Depth: 0, Kind: SqlTokenKind.Other })
            {
                columns.Add(Make(current));
                current.Clear();
            }
            else if (token.Kind != SqlTokenKind.Space || current.Count > 0)
            {
                bool isModifier = columns.Count == 0 && current.Count == 0 && token.Kind == SqlTokenKind.Word && modifiers.Contains(token.Text);
                if (!isModifier)
                {
                    current.Add(token);
                }
            }
        }

        columns.Add(Make(current));
        return columns;
    }

    private static SqlColumn Make(List<SqlToken> tokens)
    {
        List<SqlToken> solid = [.. tokens.Where(token => token.Kind != SqlTokenKind.Space)];
        if (solid.Count >= 3 && solid[^2] is { Depth: 0 } before && before.Is("AS"))
        {
            int at = tokens.LastIndexOf(before);
            return new SqlColumn(Unquote(solid[^1].Text), string.Concat(tokens.Take(at).Select(token => token.Text)).Trim());
        }

        bool isPlain = solid.Count > 0 && solid[^1].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName
            && solid.SkipLast(1).All(token => token.Text == "." || token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName)
            && solid.Count % 2 == 1;
        string expression = string.Concat(tokens.Select(token => token.Text)).Trim();
        return isPlain
            ? new SqlColumn(Unquote(solid[^1].Text), expression)
            : throw new ArgumentException($"The column '{expression}' has no name: give it one with AS, and name columns instead of *.", nameof(tokens));
    }

    private static string Unquote(string name) => name.Trim('`', '\'', '"');
}
