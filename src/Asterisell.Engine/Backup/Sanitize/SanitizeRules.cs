using System.Reflection;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>The table <c>columns.txt</c>: which column holds what, for the schema of Asterisell 5.8.</summary>
internal sealed class SanitizeRules
{
    private const string Resource = "sanitize-columns.txt";

    private readonly Dictionary<string, Dictionary<string, SanitizeRule>> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _emptied = new(StringComparer.OrdinalIgnoreCase);

    private SanitizeRules()
    {
    }

    /// <summary>The table that ships with the module.</summary>
    public static SanitizeRules Shipped { get; } = Load();

    /// <summary>Tables whose rows go.</summary>
    public IReadOnlyCollection<string> Emptied => _emptied;

    /// <summary>Every column that has a rule.</summary>
    public IEnumerable<(string Table, string Column, SanitizeRule Rule)> Columns =>
        _columns.SelectMany(table => table.Value.Select(column => (table.Key, column.Key, column.Value)));

    /// <summary>Whether the rows of a table go.</summary>
    public bool IsEmptied(string table) => _emptied.Contains(table);

    /// <summary>The rule of a column; null where nobody has decided.</summary>
    public SanitizeRule? Find(string table, string column) =>
        _columns.TryGetValue(table, out Dictionary<string, SanitizeRule>? columns) && columns.TryGetValue(column, out SanitizeRule rule) ? rule : null;

    /// <summary>Reads a table of rules.</summary>
    /// <exception cref="FormatException">A line that is none.</exception>
    public static SanitizeRules Parse(string text)
    {
        SanitizeRules rules = new();
        Dictionary<string, SanitizeRule>? current = null;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] parts = line.Split('=', StringSplitOptions.TrimEntries);
            if (line[0] != ' ')
            {
                current = parts.Length == 1 ? rules._columns[parts[0]] = new(StringComparer.OrdinalIgnoreCase) : null;
                if (parts.Length > 1 && (RuleOf(parts, line) != SanitizeRule.Emptied || !rules._emptied.Add(parts[0])))
                {
                    throw new FormatException(line);
                }

                continue;
            }

            SanitizeRule rule = RuleOf(parts, line);
            foreach (string column in parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (current is null || rule == SanitizeRule.Emptied || !current.TryAdd(column, rule))
                {
                    throw new FormatException(line);
                }
            }
        }

        return rules;
    }

    private static SanitizeRule RuleOf(string[] parts, string line) =>
        parts.Length == 2 && Enum.TryParse(parts[1], out SanitizeRule rule) ? rule : throw new FormatException(line);

    private static SanitizeRules Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return Parse(reader.ReadToEnd());
    }
}
