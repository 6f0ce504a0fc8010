namespace Asterisell;

/// <summary>How bringing a checkout up to date ended.</summary>
public enum RepositoryUpdateStatus
{
    /// <summary>There was nothing new.</summary>
    Unchanged,

    /// <summary>Merged; uncommitted work is back in its place.</summary>
    Updated,

    /// <summary>Conflicts wait for a decision.</summary>
    Conflicted,

    /// <summary>Only foreseen, by <c>-WhatIf</c>.</summary>
    Foreseen,
}
