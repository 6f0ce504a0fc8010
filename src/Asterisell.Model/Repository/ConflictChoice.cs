namespace Asterisell;

/// <summary>How a conflict is decided.</summary>
public enum ConflictChoice
{
    /// <summary>The operator's file, wholly.</summary>
    Ours,

    /// <summary>The new version's file, wholly.</summary>
    Theirs,

    /// <summary>The file as it was edited in the checkout.</summary>
    Edited,
}
