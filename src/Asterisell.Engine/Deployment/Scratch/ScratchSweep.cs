using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Scratch;

/// <summary>Removes throw-away containers, with their volumes, which have no names.</summary>
/// <remarks>
/// An engine goes on making a container whose client was killed: it comes into the list up to a second later, and for a moment it stands there
/// while removing and inspecting it answer that there is none (seen on Docker 20.10). So only the list is believed, and asked again; and what
/// comes later still is found by the sweep at the end of the next run.
/// </remarks>
internal static class ScratchSweep
{
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Removes what killed processes left.</summary>
    public static Task RemoveAbandonedAsync(IDockerEngine engine, CancellationToken cancellation) => RemoveAsync(
        engine,
        found => ScratchOwner.Parse(found.Labels.GetValueOrDefault(ScratchOwner.Label)) is not { } owner || owner.IsGone(DateTimeOffset.UtcNow - found.CreatedAt),
        cancellation);

    /// <summary>Removes one that this process made.</summary>
    public static Task RemoveAsync(IDockerEngine engine, string name, CancellationToken cancellation) =>
        RemoveAsync(engine, found => found.Name == name, cancellation);

    private static async Task RemoveAsync(IDockerEngine engine, Func<ContainerSummary, bool> isUnwanted, CancellationToken cancellation)
    {
        ContainerFilter filter = new() { Labels = [$"{Ownership.Scratch}={ScratchInstances.Purpose}"] };
        for (long start = Environment.TickCount64; Environment.TickCount64 - start < BusyLimit.TotalMilliseconds; await Task.Delay(PollInterval, cancellation).ConfigureAwait(false))
        {
            ContainerSummary[] unwanted = [.. (await engine.Containers.ListAsync(filter, cancellation).ConfigureAwait(false)).Where(isUnwanted)];
            if (unwanted.Length == 0)
            {
                return;
            }

            foreach (ContainerSummary one in unwanted)
            {
                await TryRemoveAsync(engine, one.Id, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>An engine that is still at work in it for a process that was killed refuses; it is looked at again.</summary>
    private static async Task TryRemoveAsync(IDockerEngine engine, string id, CancellationToken cancellation)
    {
        try
        {
            await engine.Containers.RemoveAsync(id, force: true, withAnonymousVolumes: true, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException refused) when (refused.Kind is ErrorKind.NotFound or ErrorKind.Conflict)
        {
        }
    }
}
