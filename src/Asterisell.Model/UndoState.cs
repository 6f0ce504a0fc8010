namespace Asterisell;

/// <summary>Whether a former state can be restored.</summary>
public enum UndoState
{
    /// <summary>It is whole.</summary>
    Whole,

    /// <summary>It holds nothing: the dump that should have filled it failed.</summary>
    Empty,

    /// <summary>Its content is cut off, or is not what its checksum says.</summary>
    Damaged,
}
