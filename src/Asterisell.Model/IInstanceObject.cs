namespace Asterisell;

/// <summary>Anything that is about one instance; its two names are what lets any output pipe into any cmdlet.</summary>
public interface IInstanceObject
{
    /// <summary>Instance.</summary>
    string Name { get; }

    /// <summary>Docker host of the instance, as named in the inventory.</summary>
    string HostName { get; }
}
