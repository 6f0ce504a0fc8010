using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory;

/// <summary>Collects the findings of one file.</summary>
internal sealed class FindingList(string path)
{
    private static readonly HashSet<string> References =
    [
        FindingId.UnknownHost, FindingId.MissingHost, FindingId.UnknownTemplate, FindingId.UnknownTarget, FindingId.MissingKey,
    ];

    private readonly List<InventoryFinding> findings = [];
    private readonly HashSet<int> ignoredLines = [];
    private bool ignoresReferences;
    private int leftOut;

    /// <summary>Full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>True when the file cannot be used.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>True when what comes now is only counted.</summary>
    public bool IsFull => findings.Count >= InventoryLimits.Findings;

    /// <summary>A question about the nearest known word; null when none is near. Not looked for when nobody will read it.</summary>
    public string? DidYouMean(string word, IEnumerable<string> known) =>
        !IsFull && NearestName.Find(word, known) is { } nearest ? $"Did you mean '{nearest}'?" : null;

    /// <summary>What is said from now on of a line whose entry could not be read is left out.</summary>
    public void IgnoreLine(int line) => ignoredLines.Add(line);

    /// <summary>What refers to other parts is left out from now on, since a part could not be read.</summary>
    public void IgnoreReferences() => ignoresReferences = true;

    /// <summary>Adds an error at a node.</summary>
    public void Error(string id, YamlNode at, string key, string message, string? expected = null, string? suggestion = null)
    {
        if (at is not YamlBroken)
        {
            Add(FindingSeverity.Error, id, at.Line, at.Column, key, message, expected, suggestion);
        }
    }

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
        if (id != FindingId.SyntaxError && (ignoredLines.Contains(line) || (ignoresReferences && References.Contains(id))))
        {
            return;
        }

        HasErrors |= severity == FindingSeverity.Error;
        if (IsFull)
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
