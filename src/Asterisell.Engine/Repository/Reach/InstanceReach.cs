using Asterisell.Engine.Instances.Application;

namespace Asterisell.Engine.Repository.Reach;

/// <summary>Which instances a file of a checkout reaches: it goes into them, or settings of theirs stand in it.</summary>
internal sealed class InstanceReach
{
    /// <summary>Folder beside the inventory that custom files come from.</summary>
    private const string Customizations = "customizations";

    private readonly string _root;
    private readonly AsterisellInventory? _inventory;

    /// <summary>The reach of a checkout's files.</summary>
    /// <param name="root">Top folder of the checkout.</param>
    /// <param name="inventory">The inventory; null where there is none, then nothing is reached.</param>
    public InstanceReach(string root, AsterisellInventory? inventory)
    {
        _root = root;
        _inventory = inventory;
    }

    /// <summary>Instances whose application is taken from the checkout.</summary>
    public IReadOnlyList<string> All => [.. Instances.Where(instance => SourceOf(instance) is { } source && IsWithin(source, _root)).Select(instance => instance.ToString())];

    /// <summary>Path of the inventory below the checkout; null where it lies elsewhere.</summary>
    public string? InventoryFile => _inventory is not null && IsWithin(_inventory.Path, _root) ? Relative(_inventory.Path, _root) : null;

    private IReadOnlyList<AsterisellInstance> Instances => _inventory?.Instances ?? [];

    /// <summary>Instances that a file reaches. Of the inventory itself: all.</summary>
    /// <param name="path">Path below the checkout.</param>
    public IReadOnlyList<string> Of(string path)
    {
        string full = Path.GetFullPath(Path.Combine(_root, path.Replace('/', Path.DirectorySeparatorChar)));
        return [.. Instances.Where(instance => full == _inventory!.Path || IsReached(instance, full)).Select(instance => instance.ToString())];
    }

    /// <summary>Instances that any of some files reaches.</summary>
    public IReadOnlyList<string> OfAll(IEnumerable<string> paths)
    {
        HashSet<string> reached = [.. paths.SelectMany(Of)];
        return [.. Instances.Select(instance => instance.ToString()).Where(reached.Contains)];
    }

    private static bool IsReached(AsterisellInstance instance, string full)
    {
        InstanceSettings settings = instance.Settings;
        string? home = Path.GetDirectoryName(instance.InventoryPath);
        return settings.Web.Certificate == full
            || settings.Web.CertificateKey == full
            || (settings.Image.Dockerfile is { } dockerfile && IsWithin(full, Path.GetDirectoryName(dockerfile)!))
            || (home is not null && settings.CustomFiles.Keys.Any(file => Path.GetFullPath(Path.Combine(home, Customizations, file)) == full))
            || (SourceOf(instance) is { } source && IsWithin(full, source) && ApplicationTree.HoldsDeployed(Relative(full, source)));
    }

    private static string? SourceOf(AsterisellInstance instance) =>
        (instance.Settings.Application.Source ?? Path.GetDirectoryName(instance.InventoryPath)) is { } source ? Path.GetFullPath(source) : null;

    private static string Relative(string path, string folder) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
