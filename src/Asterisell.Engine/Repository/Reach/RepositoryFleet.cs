using Asterisell.Engine.Inventory;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Reach;

/// <summary>
/// The fleet that a checkout is for. Its inventory may lie in the checkout itself, and be in conflict: then the operator's own version of it
/// tells which instances there are.
/// </summary>
internal sealed class RepositoryFleet
{
    private readonly Checkout _checkout;

    private RepositoryFleet(Checkout checkout, InstanceReach reach, string? inventoryPath)
    {
        _checkout = checkout;
        Reach = reach;
        InventoryPath = inventoryPath;
    }

    /// <summary>Which instances a file reaches.</summary>
    public InstanceReach Reach { get; }

    private string? InventoryPath { get; }

    /// <summary>Reads the inventory: the file, else git's version of it.</summary>
    /// <param name="checkout">Checkout.</param>
    /// <param name="inventoryPath">Full path; null where there is no inventory.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<RepositoryFleet> ReadAsync(Checkout checkout, string? inventoryPath, CancellationToken cancellation)
    {
        AsterisellInventory? inventory = inventoryPath is not null && File.Exists(inventoryPath) ? InventoryReader.Read(inventoryPath).Inventory : null;
        if (inventory is null && inventoryPath is not null && Below(checkout, inventoryPath) is { } path)
        {
            foreach (string version in new[] { ":2:", ":3:", ":0:", "HEAD:" })
            {
                byte[]? content = await BlobReader.ReadAsync(checkout, version + path, cancellation).ConfigureAwait(false);
                inventory ??= content is null ? null : InventoryReader.Read(inventoryPath, content).Inventory;
            }
        }

        return new RepositoryFleet(checkout, new InstanceReach(checkout.Root, inventory), inventoryPath);
    }

    /// <summary>Instances that a change of a file from one content to another reaches: of the inventory, those that it describes differently.</summary>
    public async Task<IReadOnlyList<string>> ReachAsync(string path, string? before, string? after, CancellationToken cancellation)
    {
        if (path != Reach.InventoryFile || before is null || after is null)
        {
            return Reach.Of(path);
        }

        AsterisellInventory? one = await ParseAsync(before, cancellation).ConfigureAwait(false);
        AsterisellInventory? other = await ParseAsync(after, cancellation).ConfigureAwait(false);
        return one is null || other is null ? Reach.Of(path) : SettingsComparison.Differing(one, other);
    }

    private async Task<AsterisellInventory?> ParseAsync(string content, CancellationToken cancellation) =>
        await BlobReader.ReadAsync(_checkout, content, cancellation).ConfigureAwait(false) is { } bytes ? InventoryReader.Read(InventoryPath!, bytes).Inventory : null;

    private static string? Below(Checkout checkout, string file)
    {
        string path = Path.GetRelativePath(checkout.Root, file).Replace('\\', '/');
        return path.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(path) ? null : path;
    }
}
