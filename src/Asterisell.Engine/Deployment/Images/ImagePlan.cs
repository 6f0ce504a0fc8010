using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Engine.Deployment.Images;

/// <summary>An image to build on a host.</summary>
/// <param name="Host">Docker host.</param>
/// <param name="Image">What it is made from.</param>
/// <param name="Instances">Instances that are to run on it.</param>
public sealed record ImagePlan(AsterisellHost Host, ImageSettings Image, IReadOnlyList<string> Instances)
{
    /// <summary>Name of the image with its tag.</summary>
    public string Name => ImageFacts.FullName(Image);

    /// <summary>The images that a set of instances runs on, each once a host.</summary>
    public static IReadOnlyList<ImagePlan> Of(IEnumerable<AsterisellInstance> instances) =>
    [
        .. from instance in instances
           group instance by (instance.HostName, Name: ImageFacts.FullName(instance.Settings.Image)) into same
           select new ImagePlan(same.First().Host, same.First().Settings.Image, [.. same.Select(instance => instance.Name)]),
    ];

    /// <summary><c>image on host</c>.</summary>
    public override string ToString() => $"{Name} on {Host.Name}";
}
