using Asterisell.Engine.Inventory;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository;

/// <summary>Finds the checkouts that an inventory is about: its own folder's, and those that applications are taken from.</summary>
public static class RepositoryFinder
{
    /// <summary>Top folders of the checkouts, the inventory's own first.</summary>
    /// <param name="inventoryPath">Inventory, which need not be readable: it may be in conflict; null where there is none.</param>
    /// <param name="folder">Folder to look from where there is no inventory.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="AsterisellException"><c>RepositoryNotFound</c>, <c>InventoryInvalid</c>, and why one could not be looked at.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(string? inventoryPath, string folder, CancellationToken cancellation)
    {
        InventoryReadResult? read = inventoryPath is null ? null : InventoryReader.Read(inventoryPath);
        string[] places =
        [
            inventoryPath is null ? folder : Path.GetDirectoryName(inventoryPath)!,
            .. read?.Inventory?.Instances.Select(instance => instance.Settings.Application.Source).OfType<string>().Distinct() ?? [],
        ];
        List<string> found = [];
        AsterisellException? first = null;
        foreach (string place in places.Where(Directory.Exists))
        {
            try
            {
                found.Add((await Checkout.OpenAsync(place, interactive: false, cancellation).ConfigureAwait(false)).Root);
            }
            catch (AsterisellException none) when (none.ErrorId == nameof(GitErrors.RepositoryNotFound))
            {
                first ??= none;
            }
        }

        if (found.Count == 0)
        {
            read?.Require(); // an inventory that cannot be read is the nearer reason
            throw first ?? GitErrors.RepositoryNotFound(places[0]);
        }

        return [.. found.Distinct()];
    }

    /// <summary>The only checkout.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryUnclear</c>: there are several.</exception>
    public static async Task<string> FindOnlyAsync(string? inventoryPath, string folder, CancellationToken cancellation)
    {
        IReadOnlyList<string> found = await FindAsync(inventoryPath, folder, cancellation).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : throw GitErrors.RepositoryUnclear(found);
    }
}
