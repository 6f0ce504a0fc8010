namespace Asterisell.Engine.Repository;

/// <summary>How a checkout is worked with.</summary>
public sealed record CheckoutOptions
{
    /// <summary>Inventory that tells which instances a file reaches; null for none. It may be in conflict itself.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>True where git, ssh and gpg may ask the operator at the terminal.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Longest time for fetching.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}
