namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>A node of a YAML document with the place it begins at.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What an operator would call it.</summary>
    public abstract string Description { get; }

    /// <summary>Nodes below and with this one, every alias counted as a copy of what it stands for.</summary>
    public long ExpandedNodes { get; set; } = 1;

    /// <summary>Levels below and with this one.</summary>
    public int Height { get; set; } = 1;
}

/// <summary>A single value.</summary>
internal sealed record YamlScalar(int Line, int Column, string Value, bool IsPlain) : YamlNode(Line, Column)
{
    /// <summary>True for a key without a value, or a comment in its place.</summary>
    public bool IsMissing => IsPlain && Value.Length == 0;

    /// <summary>True for <c>null</c> and <c>~</c>.</summary>
    public bool IsNull => IsPlain && Value is "null" or "~" or "Null" or "NULL";

    /// <inheritdoc/>
    public override string Description => IsMissing ? "nothing" : IsNull ? "null" : IsPlain ? "a single value" : "a text";
}

/// <summary>Something that could not be read; the finding is there already, and none is added.</summary>
internal sealed record YamlBroken(int Line, int Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Description => "nothing";
}

/// <summary>A list.</summary>
internal sealed record YamlSequence(int Line, int Column, List<YamlNode> Items) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Description => "a list";
}

/// <summary>Keys with values.</summary>
internal sealed record YamlMapping(int Line, int Column, List<YamlEntry> Entries) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Description => "keys with values";
}

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
