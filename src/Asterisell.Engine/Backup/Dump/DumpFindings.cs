namespace Asterisell.Engine.Backup.Dump;

/// <summary>Collects what a <see cref="DumpScanner"/> sees.</summary>
internal sealed class DumpFindings
{
    private const string LastLine = "Dump completed";

    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _views = new(StringComparer.Ordinal);
    private readonly HashSet<string> _triggers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _routines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private string? _program;
    private bool _completed;

    public bool HasTables => _tables.Count + _rows.Count > 0;

    public void AddRows(string table, long rows) => _rows[table] = _rows.GetValueOrDefault(table) + rows;

    /// <summary>A comment line, without its sign.</summary>
    public void AddComment(string text)
    {
        string line = text.Trim();
        if (line.Length > 0)
        {
            _program ??= line;
            _completed = line.StartsWith(LastLine, StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever stands after the last line, it was not the last one.</summary>
    public void StatementBegins() => _completed = false;

    public void AddObject((DumpObject Kind, string Name) made)
    {
        switch (made.Kind)
        {
            case DumpObject.Table:
                _tables.Add(made.Name);
                break;
            case DumpObject.Rows:
                _rows.TryAdd(made.Name, 0);
                break;
            case DumpObject.View:
                _views.Add(made.Name);
                break;
            case DumpObject.Trigger:
                _triggers.Add(made.Name);
                break;
            case DumpObject.Routine:
                _routines.Add(made.Name);
                break;
            case DumpObject.Event:
                _events.Add(made.Name);
                break;
            default:
                break;
        }
    }

    public DumpSummary Summarize(long textBytes, string? damage) => new()
    {
        TextBytes = textBytes,
        Program = _program ?? string.Empty,
        Rows = _rows,
        Tables = _tables,
        Views = _views,
        Triggers = _triggers,
        Routines = _routines,
        Events = _events,
        Damage = textBytes == 0 ? "it is empty"
            : damage ?? (_completed ? null : $"its last line is not '-- {LastLine}'"),
    };
}
