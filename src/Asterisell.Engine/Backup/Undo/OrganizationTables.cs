using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>The eight tables that an undo point of organizations holds, as they are now.</summary>
internal sealed class OrganizationTables
{
    private static readonly string[] All =
    [
        "ar_user", "ar_party", "ar_organization_unit", "ar_organization_unit_type", "ar_organization_unit_has_structure", "ar_user_has_role",
        "ar_user_has_permission", "ar_itc_organizations",
    ];

    private const string Question =
        "SELECT table_name AS t, column_name AS c, column_key AS k FROM information_schema.columns"
        + " WHERE table_schema = DATABASE() AND table_name LIKE 'ar\\_%' ORDER BY table_name, ordinal_position";

    private readonly Dictionary<string, List<(string Name, bool IsKey)>> _columns;

    private OrganizationTables(Dictionary<string, List<(string Name, bool IsKey)>> columns) => _columns = columns;

    /// <summary>Their names, in the order in which the application dumps them.</summary>
    public static IReadOnlyList<string> Names => All;

    /// <summary>Reads their columns.</summary>
    /// <exception cref="AsterisellException"><c>UndoTablesMissing</c>.</exception>
    public static async Task<OrganizationTables> ReadAsync(IInstance instance, CancellationToken cancellation)
    {
        Dictionary<string, List<(string, bool)>> columns = new(StringComparer.Ordinal);
        await foreach (SqlRow row in instance.Database.QueryAsync(Question, null, cancellation).ConfigureAwait(false))
        {
            if (row["t"] is { } table && All.Contains(table))
            {
                (columns.TryGetValue(table, out List<(string, bool)>? list) ? list : columns[table] = []).Add((row["c"] ?? "", row["k"] == "PRI"));
            }
        }

        string[] missing = [.. All.Where(table => !columns.TryGetValue(table, out List<(string, bool)>? list) || !list.Any(column => column.Item2))];
        return missing.Length == 0 ? new OrganizationTables(columns) : throw UndoErrors.UndoTablesMissing(instance.Definition, missing);
    }

    /// <summary>For tests.</summary>
    internal static OrganizationTables Of(string table, params (string Name, bool IsKey)[] columns) => new(new() { [table] = [.. columns] });

    /// <summary>Columns of a table, in order.</summary>
    public IReadOnlyList<(string Name, bool IsKey)> ColumnsOf(string table) => _columns[table];

    /// <summary>The primary key of a row, by which it is known.</summary>
    /// <exception cref="InvalidDataException">It has another number of cells than the table has columns.</exception>
    public string KeyOf(DumpRow row)
    {
        List<(string Name, bool IsKey)> columns = _columns[row.Table];
        return row.Literals.Count == columns.Count
            ? string.Join('\u001f', row.Literals.Where((_, at) => columns[at].IsKey))
            : throw new InvalidDataException($"{row.Table} had {row.Literals.Count} columns then and has {columns.Count} now: another version of the application saved it");
    }
}
