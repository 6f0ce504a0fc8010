namespace Asterisell;

/// <summary>What the application keeps former states of.</summary>
public enum UndoKind
{
    /// <summary>Customers, offices, extensions, users and what they may do: eight tables together, saved within the hour of a change.</summary>
    Organizations,

    /// <summary>One rate: the version before the one in force.</summary>
    Rate,
}
