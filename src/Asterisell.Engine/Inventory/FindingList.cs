using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory;

/// <summary>Collects the findings of one file.</summary>
internal sealed class FindingList(string path)
{
    private readonly List<InventoryFinding> findings = [];
    private int leftOut;

    /// <summary>Full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>True when the file cannot be used.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds an error at a node.</summary>
    public void Error(string id, YamlNode at, string key, string message, string? expected = null, string? suggestion = null) =>
        Add(FindingSeverity.Error, id, at.Line, at.Column, key, message, expected, suggestion);

    /// <summary>Adds an error at a place.</summary>
    public void ErrorAt(string id, int line, int column, string message, string? expected = null, string? suggestion = null) =>
        Add(FindingSeverity.Error, id, line, column, string.Empty, message, expected, suggestion);

    /// <summary>Adds a warning at a node.</summary>
    public void Warning(string id, YamlNode at, string key, string message, string? expected = null, string? suggestion = null) =>
        Add(FindingSeverity.Warning, id, at.Line, at.Column, key, message, expected, suggestion);

    /// <summary>The findings by place; beyond the limit, their number.</summary>
    public IReadOnlyList<InventoryFinding> ToSorted()
    {
        List<InventoryFinding> sorted = [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column).Distinct()];
        if (leftOut > 0)
        {
            sorted.Add(new InventoryFinding
            {
                Severity = FindingSeverity.Error,
                Id = FindingId.TooManyFindings,
                Path = Path,
                Message = $"{leftOut} more findings are not shown.",
                Suggestion = "Is this file an inventory?",
            });
        }

        return sorted;
    }

    private void Add(
        FindingSeverity severity, string id, int line, int column, string key, string message, string? expected, string? suggestion)
    {
        HasErrors |= severity == FindingSeverity.Error;
        if (findings.Count >= YamlLimits.Findings)
        {
            leftOut++;
            return;
        }

        findings.Add(new InventoryFinding
        {
            Severity = severity,
            Id = id,
            Path = Path,
            Line = line,
            Column = column,
            Key = key,
            Message = message,
            Expected = expected,
            Suggestion = suggestion,
        });
    }
}
