namespace Asterisell;

/// <summary>Something to say about one place of an inventory file.</summary>
public sealed record InventoryFinding
{
    /// <summary>How bad it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Stable identifier, for example <c>UnknownKey</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Line, from 1; 0 when it is about the file as a whole.</summary>
    public int Line { get; init; }

    /// <summary>Column in characters, from 1; 0 when it is about the file as a whole.</summary>
    public int Column { get; init; }

    /// <summary>Key, for example <c>instances.billing.ports.http</c>; empty when it is about no key.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>What is wrong. Never contains the value of a secret.</summary>
    public required string Message { get; init; }

    /// <summary>What was expected; null where the message says it.</summary>
    public string? Expected { get; init; }

    /// <summary>What was probably meant, or what to do; null where nothing better can be said.</summary>
    public string? Suggestion { get; init; }

    /// <summary><c>path:line:column: severity: key: message</c>, as compilers and editors write it.</summary>
    public override string ToString()
    {
        string place = Line == 0 ? Path : $"{Path}:{Line}:{Column}";
        string key = Key.Length == 0 ? string.Empty : $"{Key}: ";
        string expected = Expected is null ? string.Empty : $" Expected {Expected}.";
        string suggestion = Suggestion is null ? string.Empty : $" {Suggestion}";
        return $"{place}: {(Severity == FindingSeverity.Error ? "error" : "warning")}: {key}{Message}{expected}{suggestion}";
    }
}
