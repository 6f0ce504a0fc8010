namespace Asterisell.Engine.Deployment;

/// <summary>Labels by which containers and volumes of this module are known. Docker lets nobody change the labels of one that exists.</summary>
public static class Ownership
{
    /// <summary>Name of the instance.</summary>
    public const string Instance = "org.asterisell.instance";

    /// <summary>Which part of the instance a volume holds; see <see cref="InstanceVolumes"/>.</summary>
    public const string Part = "org.asterisell.part";

    /// <summary>On containers that live for seconds and may be removed by whoever finds them.</summary>
    public const string Scratch = "org.asterisell.scratch";

    /// <summary>Images that the old tool made, whatever their tag.</summary>
    private const string OldImage = "asterisell/centos7";

    private const int AnonymousNameLength = 64;

    /// <summary>Labels of what belongs to an instance.</summary>
    public static Dictionary<string, string> LabelsOf(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new Dictionary<string, string> { [Instance] = instance.Name };
    }

    /// <summary>The instance that a label names; null where there is no such label.</summary>
    public static string? Of(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.TryGetValue(Instance, out string? name) && name.Length > 0 ? name : null;
    }

    /// <summary>True for the old tool's image: <c>asterisell/centos7</c>, with or without a tag.</summary>
    internal static bool IsOldImage(string image) => image == OldImage || image.StartsWith(OldImage + ":", StringComparison.Ordinal);

    /// <summary>True for a name that Docker made up itself: such a volume was made for one container.</summary>
    internal static bool IsAnonymous(string volume) => volume.Length == AnonymousNameLength && volume.All(char.IsAsciiHexDigitLower);
}
