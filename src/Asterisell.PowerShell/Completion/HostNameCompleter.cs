namespace Asterisell.PowerShell.Completion;

/// <summary>Completes names of Docker hosts.</summary>
public sealed class HostNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<Offer> Offers(AsterisellInventory inventory, string word) =>
        inventory.Hosts.Select(host => new Offer(host.Name, host.Name, $"{host.Name} · {host.Endpoint}"));
}
