namespace Asterisell.PowerShell.Selection;

/// <summary>Instances gathered from a pipeline: each once, in the order of their coming.</summary>
internal sealed class InstanceGathering
{
    private readonly List<AsterisellInstance> instances = [];
    private readonly List<AsterisellInstance> leftOut = [];
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> told = [];

    /// <summary>What is to be worked on.</summary>
    internal IReadOnlyList<AsterisellInstance> Instances => instances;

    /// <summary>Inactive ones that are spared.</summary>
    internal IEnumerable<AsterisellInstance> LeftOut => leftOut.Where(instance => !taken.Contains(instance.ToString())).DistinctBy(instance => instance.ToString());

    /// <summary>Takes instances.</summary>
    /// <param name="more">Instances.</param>
    /// <param name="spareInactive">True to leave inactive ones out: they came through the pipeline, so nobody named them.</param>
    internal void Add(IEnumerable<AsterisellInstance> more, bool spareInactive)
    {
        foreach (AsterisellInstance instance in more)
        {
            if (spareInactive && !instance.Active)
            {
                leftOut.Add(instance);
            }
            else if (taken.Add(instance.ToString()))
            {
                instances.Add(instance);
            }
        }
    }

    /// <summary>Notes instances that are spared.</summary>
    internal void LeaveOut(IEnumerable<AsterisellInstance> spared) => leftOut.AddRange(spared);

    /// <summary>True for a failure that was not told yet: a wrong -HostName is the same for each object of the pipeline.</summary>
    internal bool IsNew(Exception failure) => told.Add(failure.Message);
}
