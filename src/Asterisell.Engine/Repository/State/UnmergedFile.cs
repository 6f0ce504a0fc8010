namespace Asterisell.Engine.Repository.State;

/// <summary>A file that the index holds in several versions.</summary>
/// <param name="Path">Path below the checkout.</param>
/// <param name="Kind">What the two sides did, by git's own "ours" and "theirs".</param>
/// <param name="Base">The version that both began with.</param>
/// <param name="Ours">Git's "ours".</param>
/// <param name="Theirs">Git's "theirs".</param>
internal sealed record UnmergedFile(string Path, ConflictKind Kind, StageEntry? Base, StageEntry? Ours, StageEntry? Theirs)
{
    /// <summary>The kind that follows from which versions there are.</summary>
    public static ConflictKind KindOf(bool hasBase, bool hasOurs, bool hasTheirs) => (hasBase, hasOurs, hasTheirs) switch
    {
        (_, false, false) => ConflictKind.BothDeleted,
        (true, true, true) => ConflictKind.BothModified,
        (false, true, true) => ConflictKind.BothAdded,
        (true, false, true) => ConflictKind.DeletedByUs,
        (true, true, false) => ConflictKind.DeletedByThem,
        (false, true, false) => ConflictKind.AddedByUs,
        _ => ConflictKind.AddedByThem,
    };
}

/// <summary>One version of a file in the index.</summary>
/// <param name="Mode">Git's mode, such as <c>100644</c>; <c>160000</c> is a submodule.</param>
/// <param name="Object">Name of its content.</param>
internal sealed record StageEntry(string Mode, string Object)
{
    public bool IsSubmodule => Mode == "160000";
}
