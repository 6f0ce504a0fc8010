namespace Asterisell.PowerShell.Completion;

/// <summary>Completes instance names: <c>host/name</c> where two hosts have an instance of that name, or where a host was begun.</summary>
public sealed class InstanceNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<Offer> Offers(AsterisellInventory inventory, string word)
    {
        HashSet<string> ambiguous = new(
            inventory.Instances.GroupBy(instance => instance.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key),
            StringComparer.OrdinalIgnoreCase);
        return inventory.Instances.SelectMany(instance => new[]
        {
            new Offer(instance.Name, ambiguous.Contains(instance.Name) ? instance.ToString() : instance.Name, Describe(instance)),
            new Offer(instance.ToString(), instance.ToString(), Describe(instance)),
        }).Where(offer => word.Contains('/', StringComparison.Ordinal) == offer.Key.Contains('/', StringComparison.Ordinal));
    }

    private static string Describe(AsterisellInstance instance)
    {
        string tags = instance.Tags.Count == 0 ? "" : $" · {string.Join(", ", instance.Tags)}";
        return $"{instance}{tags}{(instance.Active ? "" : " · not active")}";
    }
}
