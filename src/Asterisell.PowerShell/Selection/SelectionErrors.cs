namespace Asterisell.PowerShell.Selection;

/// <summary>What can go wrong when instances are chosen.</summary>
internal static class SelectionErrors
{
    internal static AsterisellException InstanceNotFound(string name, InventoryContent inventory, IReadOnlyList<string> hosts) => new(
        nameof(InstanceNotFound),
        ErrorKind.NotFound,
        name,
        $"no such instance{(hosts.Count == 0 ? "" : $" on {string.Join(", ", hosts)}")} in {inventory.Path}.",
        "See which there are: Get-AsterisellInstance");

    internal static AsterisellException HostNotFound(string name, InventoryContent inventory) => new(
        nameof(HostNotFound),
        ErrorKind.NotFound,
        name,
        $"no such host in {inventory.Path}, which has {string.Join(", ", inventory.Hosts.Select(host => host.Name))}.",
        "See which there are: Get-AsterisellHost");
}
