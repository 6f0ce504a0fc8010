namespace Asterisell.Engine.Hosts;

/// <summary>Memory that the inventory plans.</summary>
public static class MemoryPlan
{
    /// <summary>Sum over the active instances of a host; bytes.</summary>
    public static long OfHost(IEnumerable<AsterisellInstance> instances, string host) =>
        instances.Where(instance => instance.Active && string.Equals(instance.HostName, host, StringComparison.OrdinalIgnoreCase)).Sum(Of);

    /// <summary>Of one instance; bytes.</summary>
    public static long Of(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Settings.Container.MemoryMegabytes * 1024L * 1024L;
    }
}
