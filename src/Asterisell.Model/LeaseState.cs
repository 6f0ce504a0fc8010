namespace Asterisell;

/// <summary>Whether the holder of a lease is still at work.</summary>
public enum LeaseState
{
    /// <summary>There was a sign of life lately, and nothing says that its process is gone.</summary>
    Active,

    /// <summary>Its process is gone, or has given no sign of life for 75 seconds. The next who wants the instance takes it over.</summary>
    Abandoned,
}
