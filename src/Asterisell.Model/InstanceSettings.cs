namespace Asterisell;

/// <summary>What the inventory says of one instance, typed, with units in the names.</summary>
public sealed record InstanceSettings
{
}
