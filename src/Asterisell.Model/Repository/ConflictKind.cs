namespace Asterisell;

/// <summary>What the two sides of a merge did to one file. "We" is the operator's side, "they" the new version's.</summary>
public enum ConflictKind
{
    /// <summary>Both changed the same lines.</summary>
    BothModified,

    /// <summary>Both added a file of that name.</summary>
    BothAdded,

    /// <summary>Both took it away, or renamed it differently.</summary>
    BothDeleted,

    /// <summary>We deleted what they changed.</summary>
    DeletedByUs,

    /// <summary>They deleted what we changed.</summary>
    DeletedByThem,

    /// <summary>We alone have it here, such as after a rename.</summary>
    AddedByUs,

    /// <summary>They alone have it here, such as after a rename.</summary>
    AddedByThem,
}
