namespace Asterisell.Engine.Deployment.Drift;

/// <summary>A property of the container that is not as the inventory wants it.</summary>
/// <param name="Setting">Key of the inventory, or what it comes from.</param>
/// <param name="Wanted">What the inventory wants, in words.</param>
/// <param name="Running">What there is, in words.</param>
internal sealed record SettingDifference(string Setting, string Wanted, string Running)
{
    /// <summary>What has to be done: a container's properties are fixed when it is made.</summary>
    public DriftEffect Effect { get; init; } = DriftEffect.NewContainer;
}
