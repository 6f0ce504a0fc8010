namespace Asterisell.Engine.Deployment;

/// <summary>The named volumes of an instance: what must outlive its container.</summary>
/// <remarks>
/// The rest of <c>/etc</c> is written from the inventory whenever a container is made, so it needs no volume; a volume on the whole of it
/// would keep an old image's files over a new one's. What the inventory does not hold: the host keys that clients have pinned, and the keys
/// that were let in.
/// </remarks>
public static class InstanceVolumes
{
    private static readonly (string Part, string Path)[] Parts = [("var", "/var"), ("ssh", "/etc/ssh"), ("root-ssh", "/root/.ssh")];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InstanceVolume> Of(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return [.. Parts.Select(part => new InstanceVolume($"{instance.Name}-{part.Part}", part.Part, part.Path))];
    }

    /// <summary>Path of a part in the container; null for an unknown part.</summary>
    public static string? PathOf(string part) => Parts.Where(one => one.Part == part).Select(one => one.Path).FirstOrDefault();
}

/// <summary>A named volume of an instance.</summary>
/// <param name="Name">Name on the host.</param>
/// <param name="Part">What it holds, as its label says.</param>
/// <param name="Path">Path in the container.</param>
public sealed record InstanceVolume(string Name, string Part, string Path);
