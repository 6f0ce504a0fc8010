namespace Asterisell.Engine.Deployment.Scratch;

/// <summary>Why there is no throw-away instance.</summary>
internal static class ScratchErrors
{
    public static AsterisellException DrillImageNotFound(AsterisellInstance instance, AsterisellHost host, IReadOnlyList<string> images) => new(
        nameof(DrillImageNotFound), ErrorKind.NotFound, instance.ToString(),
        $"the host {host.Name} has none of the images that the backup was made on: {string.Join(", ", images)}.",
        "Name another one with -ImageName, or another host that has it with -DrillHost.");

    public static AsterisellException DrillApplicationMissing(AsterisellInstance instance, Exception? inner) => new(
        nameof(DrillApplicationMissing), ErrorKind.NotFound, instance.ToString(),
        "the application, which is in no backup, could be taken neither from the instance's own container nor from a checkout.",
        "Start the instance, or name its checkout in the inventory: application.source.", inner);
}
