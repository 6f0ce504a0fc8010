namespace Asterisell;

/// <summary>How bad a finding of the inventory is.</summary>
public enum FindingSeverity
{
    /// <summary>The inventory can be used, but something in it deserves a second look.</summary>
    Warning,

    /// <summary>The inventory cannot be used.</summary>
    Error,
}
