namespace Asterisell.Engine.Inventory;

/// <summary>What reading an inventory file gave.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Inventory">The inventory; null when a finding is an error.</param>
/// <param name="Findings">Everything there is to say about the file, by line and column.</param>
public sealed record InventoryReadResult(string Path, AsterisellInventory? Inventory, IReadOnlyList<InventoryFinding> Findings)
{
    /// <summary>The inventory.</summary>
    /// <exception cref="AsterisellException"><c>InventoryInvalid</c>: the file has errors; the message lists them.</exception>
    public AsterisellInventory Require() => Inventory ?? throw InventoryErrors.InventoryInvalid(Path, Findings);
}
