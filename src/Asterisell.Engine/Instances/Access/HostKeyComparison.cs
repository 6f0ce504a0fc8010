namespace Asterisell.Engine.Instances.Access;

/// <summary>Finds instances that present the same host key.</summary>
/// <remarks>The old image was built with its host keys inside, so every instance made from it has the same ones, of 1024 bits.</remarks>
public sealed class HostKeyComparison
{
    private readonly SortedDictionary<string, SortedSet<string>> _owners = new(StringComparer.Ordinal);

    /// <summary>Adds an instance.</summary>
    public void Add(AsterisellInstance instance, IReadOnlyList<string> fingerprints)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(fingerprints);
        foreach (string fingerprint in fingerprints)
        {
            if (!_owners.TryGetValue(fingerprint, out SortedSet<string>? owners))
            {
                _owners[fingerprint] = owners = new SortedSet<string>(StringComparer.Ordinal);
            }

            owners.Add(instance.ToString());
        }
    }

    /// <summary>Host keys that more than one instance has, with those instances.</summary>
    public IReadOnlyList<(string Fingerprint, IReadOnlyList<string> Instances)> Shared =>
        [.. _owners.Where(entry => entry.Value.Count > 1).Select(entry => (entry.Key, (IReadOnlyList<string>)[.. entry.Value]))];

    /// <summary>The others that have a host key of this instance.</summary>
    public IReadOnlyList<string> SharersOf(string instance) =>
        [.. _owners.Values.Where(owners => owners.Contains(instance)).SelectMany(owners => owners).Where(other => other != instance).Distinct(StringComparer.Ordinal)];
}
