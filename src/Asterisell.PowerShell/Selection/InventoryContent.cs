namespace Asterisell.PowerShell.Selection;

/// <summary>What a cmdlet needs of an inventory.</summary>
/// <param name="Path">File.</param>
/// <param name="Hosts">Docker hosts, in the order of the file.</param>
/// <param name="Instances">Instances, in the order of the file.</param>
internal sealed record InventoryContent(string Path, IReadOnlyList<AsterisellHost> Hosts, IReadOnlyList<AsterisellInstance> Instances);
