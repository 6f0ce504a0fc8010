using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Removal;

/// <summary>Which volumes of an instance's container go with it: its own. Others stay, whatever lies in them.</summary>
/// <param name="Own">Labelled as this instance's, made by Docker for this container, or holding its <c>/var</c>.</param>
/// <param name="Others">What an operator put there by name.</param>
internal sealed record OwnVolumes(IReadOnlyList<string> Own, IReadOnlyList<string> Others)
{
    private const string DataPath = "/var";

    /// <summary>Sorts the volumes of a container.</summary>
    /// <exception cref="AsterisellException"><c>VolumeShared</c>: another container has one of its own volumes too.</exception>
    public static async Task<OwnVolumes> FindAsync(
        IDockerEngine engine, AsterisellInstance instance, ContainerDetail container, CancellationToken cancellation)
    {
        List<string> own = [];
        List<string> others = [];
        foreach (IGrouping<string, ContainerMount> volume in container.Mounts.Where(mount => mount.Kind == "volume").GroupBy(mount => mount.Source))
        {
            bool isOwn = await IsOwnAsync(engine, instance, volume, cancellation).ConfigureAwait(false);
            (isOwn ? own : others).Add(volume.Key);
        }

        foreach (string volume in own)
        {
            IReadOnlyList<ContainerSummary> users =
                await engine.Containers.ListAsync(new ContainerFilter { Volume = volume }, cancellation).ConfigureAwait(false);
            if (users.FirstOrDefault(user => user.Id != container.Id) is { } other)
            {
                throw RemovalErrors.VolumeShared(instance, volume, other.Name);
            }
        }

        return new OwnVolumes(own, others);
    }

    private static async Task<bool> IsOwnAsync(
        IDockerEngine engine, AsterisellInstance instance, IGrouping<string, ContainerMount> volume, CancellationToken cancellation)
    {
        VolumeDetail? detail = await engine.Volumes.FindAsync(volume.Key, cancellation).ConfigureAwait(false);
        return detail is not null && Ownership.Of(detail.Labels) is { } owner
            ? owner == instance.Name
            : Ownership.IsAnonymous(volume.Key) || volume.Any(mount => mount.Destination == DataPath);
    }
}
