namespace Asterisell;

/// <summary>What of an instance is updated.</summary>
[Flags]
public enum UpdateScope
{
    /// <summary>The application's files and rate engine from the checkout, and its upgrade jobs.</summary>
    Application = 1,

    /// <summary>The files that the inventory's settings make.</summary>
    Configuration = 2,
}
