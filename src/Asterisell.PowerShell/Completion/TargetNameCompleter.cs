namespace Asterisell.PowerShell.Completion;

/// <summary>Completes names of backup targets.</summary>
public sealed class TargetNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<Offer> Offers(AsterisellInventory inventory, string word) =>
        inventory.Targets.Select(target => new Offer(target.Name, target.Name, $"{target.Name} · {target.Path ?? target.Uri}"));
}
