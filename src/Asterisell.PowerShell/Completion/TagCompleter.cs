namespace Asterisell.PowerShell.Completion;

/// <summary>Completes tags of instances.</summary>
public sealed class TagCompleter : InventoryCompleter
{
    private protected override IEnumerable<Offer> Offers(AsterisellInventory inventory, string word) =>
        inventory.Instances
            .SelectMany(instance => instance.Tags)
            .GroupBy(tag => tag, StringComparer.OrdinalIgnoreCase)
            .Select(tag => new Offer(tag.Key, tag.Key, $"{tag.Count()} instance{(tag.Count() == 1 ? "" : "s")}"));
}
