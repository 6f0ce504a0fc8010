using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Volumes;

/// <summary>Removes volumes that no container has and that are provably of an instance.</summary>
public sealed class VolumeRemoval(IDockerConnector connector, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>The volume that is meant, if it may be removed.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="volume">Its name.</param>
    /// <param name="volumes">What <see cref="VolumeCatalog"/> says now.</param>
    /// <exception cref="AsterisellException"><c>VolumeNotOurs</c>, <c>VolumeInUse</c>.</exception>
    public static AsterisellVolume Check(AsterisellHost host, string volume, IReadOnlyList<AsterisellVolume> volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        AsterisellVolume found = volumes.FirstOrDefault(one => one.VolumeName == volume) ?? throw VolumeErrors.VolumeNotOurs(host, volume);
        return found.State == VolumeState.Orphan ? found : throw VolumeErrors.VolumeInUse(found);
    }

    /// <summary>Removes it. The engine refuses one that a container has got meanwhile.</summary>
    public async Task<OperationResult> RemoveAsync(AsterisellHost host, AsterisellVolume volume, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(volume);
        DateTimeOffset started = _clock.GetUtcNow();
        IDockerEngine engine = await connector.ConnectAsync(host, cancellation).ConfigureAwait(false);
        VolumeDetail? now = await engine.Volumes.FindAsync(volume.VolumeName, cancellation).ConfigureAwait(false);
        if (now is null)
        {
            return Result(OperationStatus.Unchanged, $"The volume {volume.VolumeName} was gone already.");
        }

        if (now.CreatedAt != volume.CreatedAt)
        {
            throw VolumeErrors.VolumeNotOurs(host, volume.VolumeName);
        }

        await engine.Volumes.RemoveAsync(volume.VolumeName, cancellation).ConfigureAwait(false);
        return Result(OperationStatus.Succeeded, $"The volume {volume.VolumeName} was removed.");

        OperationResult Result(OperationStatus status, string message) =>
            new(volume.Name, host.Name, "RemoveVolume", status, started, _clock.GetUtcNow() - started, message);
    }
}
