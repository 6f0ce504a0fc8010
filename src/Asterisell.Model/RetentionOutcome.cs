namespace Asterisell;

/// <summary>What became of a backup under the rules of retention.</summary>
public enum RetentionOutcome
{
    /// <summary>It stays; the reasons say why.</summary>
    Kept,

    /// <summary>Nothing keeps it, and it is still there: <c>-WhatIf</c>, or the answer was no.</summary>
    Removable,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It should have gone, and could not be removed; the reasons say why.</summary>
    Failed,
}
