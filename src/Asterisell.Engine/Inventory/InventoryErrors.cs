namespace Asterisell.Engine.Inventory;

/// <summary>Failures of finding, reading and selecting from an inventory.</summary>
public static class InventoryErrors
{
    private const int ShownFindings = 10;

    /// <summary>No inventory at any of the places.</summary>
    public static AsterisellException InventoryNotFound(IReadOnlyList<string> places) => new(
        nameof(InventoryNotFound), ErrorKind.NotFound, string.Empty,
        $"There is no inventory. Looked for: {string.Join(", ", places)}.",
        "Write one with New-AsterisellInventory, or name yours with -InventoryPath or the environment variable ASTERISELL_INVENTORY.");

    /// <summary>The file that was named is not there.</summary>
    public static AsterisellException InventoryFileNotFound(string path, string namedBy) => new(
        nameof(InventoryFileNotFound), ErrorKind.NotFound, path, $"there is no such file; it was named by {namedBy}.",
        "Write one with New-AsterisellInventory, or correct the path.");

    /// <summary>An inventory was found that others may have written.</summary>
    public static AsterisellException InventoryNotTrusted(string path, string doubt) => new(
        nameof(InventoryNotTrusted), ErrorKind.PermissionDenied, path, $"this inventory was found, but not used: {doubt}.",
        $"If it is the one you mean, name it: -InventoryPath '{path}'");

    /// <summary>A new inventory was to be written where there is something already.</summary>
    public static AsterisellException InventoryExists(string path) => new(
        nameof(InventoryExists), ErrorKind.Conflict, path, "there is an inventory already.", "Choose another path, or overwrite it with -Force.");

    /// <summary>A new inventory cannot be written.</summary>
    public static AsterisellException InventoryNotWritable(string path, string reason, Exception inner) => new(
        nameof(InventoryNotWritable), ErrorKind.PermissionDenied, path, $"the inventory cannot be written: {reason}", null, inner);

    /// <summary>The inventory has errors.</summary>
    public static AsterisellException InventoryInvalid(string path, IReadOnlyList<InventoryFinding> findings)
    {
        InventoryFinding[] errors = [.. findings.Where(finding => finding.Severity == FindingSeverity.Error)];
        IEnumerable<string> lines = errors.Take(ShownFindings).Select(finding => finding.ToString());
        string more = errors.Length > ShownFindings ? $"{Environment.NewLine}and {errors.Length - ShownFindings} more" : string.Empty;
        string count = errors.Length == 1 ? "an error" : $"{errors.Length} errors";
        return new AsterisellException(
            nameof(InventoryInvalid), ErrorKind.InvalidInput, path,
            $"the inventory has {count}.{Environment.NewLine}{string.Join(Environment.NewLine, lines)}{more}",
            $"See them all with: Test-AsterisellInventory '{path}'");
    }

    /// <summary>No instance of that name.</summary>
    public static AsterisellException InstanceNotFound(string name, string inventoryPath, IReadOnlyList<string> nearest) => new(
        nameof(InstanceNotFound), ErrorKind.NotFound, name, $"there is no such instance in {inventoryPath}.",
        nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}?" : "See all of them with: Get-AsterisellInstance");

    /// <summary>A change was asked for by a name that several hosts have.</summary>
    public static AsterisellException InstanceNameAmbiguous(string name, IReadOnlyList<string> candidates) => new(
        nameof(InstanceNameAmbiguous), ErrorKind.InvalidInput, name, "several hosts have an instance of that name, and it is to be changed.",
        $"Name the one you mean: {string.Join(", ", candidates)}; or all of them: */{name}");

    /// <summary>No host of that name.</summary>
    public static AsterisellException HostNotFound(string name, string inventoryPath, IReadOnlyList<string> nearest) => new(
        nameof(HostNotFound), ErrorKind.NotFound, name, $"there is no such host in {inventoryPath}.",
        nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}?" : "See all of them with: Get-AsterisellHost");

    /// <summary>No instance has that tag.</summary>
    public static AsterisellException TagNotFound(string tag, string inventoryPath, IReadOnlyList<string> nearest) => new(
        nameof(TagNotFound), ErrorKind.NotFound, tag, $"no instance in {inventoryPath} has this tag.",
        nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}?" : null);
}
