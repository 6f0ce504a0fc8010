namespace Asterisell.Engine.Inventory;

/// <summary>Instances that a query chose.</summary>
/// <param name="Instances">Chosen, each once, in the order of the inventory.</param>
/// <param name="LeftOut">Inactive ones that the query matched, but a change leaves alone.</param>
/// <param name="Errors">One for each name, host or tag without wildcards that nothing has.</param>
public sealed record InstanceSelection(
    IReadOnlyList<AsterisellInstance> Instances, IReadOnlyList<AsterisellInstance> LeftOut, IReadOnlyList<AsterisellException> Errors);
