using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Removal;

/// <summary>
/// Removes exactly one instance: its container and that container's volumes, after a last backup that was proven. Killed at any step, the
/// same command goes on where it stopped.
/// </summary>
public sealed class InstanceRemoval(ILastBackup backup)
{
    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(AsterisellInstance instance, UninstallOptions options)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.SkipBackup)
        {
            if ((options.Destination ?? DestinationOf(instance)) is not string destination)
            {
                yield return "Nothing: this is refused, because it is not said where the last backup goes (-Destination, or -SkipBackup)";
                yield break;
            }

            yield return $"Make a last backup into {destination} and test it";
        }

        yield return "Wait for its jobs, end its database, stop it";
        yield return $"Remove the container '{instance.ContainerName}'";
        yield return options.KeepData ? "Keep its volumes" : "Remove the volumes of that container, with everything in them";
    }

    /// <summary>Removes one instance.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="options">How.</param>
    /// <param name="log">Keeps what became of each step, also where this throws.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Gives up; the same command goes on later.</param>
    /// <returns><c>Unchanged</c> when there was nothing to remove.</returns>
    /// <exception cref="AsterisellException">See <see cref="RemovalErrors"/>, and what the steps throw.</exception>
    public async Task<DeploymentResult> RemoveAsync(
        IInstance instance, UninstallOptions options, DeploymentLog log, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(progress);
        OwnVolumes? found = await FindVolumesAsync(instance, options, cancellation).ConfigureAwait(false);
        if (found is null)
        {
            return log.End(OperationStatus.Unchanged, "It is not installed; there was nothing to remove.");
        }

        var world = new RemovalWorld(instance, options, found.Own);
        await log.RunAsync(Steps(world), progress, cancellation).ConfigureAwait(false);
        string data = options.KeepData ? $"its data are kept in {string.Join(", ", found.Own)}" : "its volumes too";
        string left = found.Others.Count == 0 ? "" : $" Left, because nothing proves them to be its own: {string.Join(", ", found.Others)}.";
        string last = world.Backup is { } made ? $" The last backup: {made.Path}" : "";
        return log.End(OperationStatus.Succeeded, $"Removed the container, {data}.{left}{last}");
    }

    private IEnumerable<IDeploymentWork> Steps(RemovalWorld world)
    {
        if (!world.Options.SkipBackup)
        {
            string destination = world.Options.Destination ?? DestinationOf(world.Definition)
                ?? throw RemovalErrors.LastBackupDestinationMissing(world.Definition);
            yield return new BackupStep(world, backup, destination);
        }

        yield return new MarkStep(world);
        yield return new StopStep(world);
        yield return new ContainerRemovalStep(world);
        if (!world.Options.KeepData)
        {
            yield return new VolumeRemovalStep(world);
        }

        yield return new EndStep(world);
    }

    /// <summary>The volumes to go; null where nothing of the instance is there.</summary>
    private static async Task<OwnVolumes?> FindVolumesAsync(IInstance instance, UninstallOptions options, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        ContainerDetail? container = await instance.Docker.FindContainerAsync(definition.ContainerName, cancellation).ConfigureAwait(false);
        if (container is not null)
        {
            await CheckOursAsync(instance, container, cancellation).ConfigureAwait(false);
            return await OwnVolumes.FindAsync(instance.Docker, definition, container, cancellation).ConfigureAwait(false);
        }

        if (await new RemovalMark(instance.Docker, definition).FindAsync(cancellation).ConfigureAwait(false) is { } mark)
        {
            return new OwnVolumes(mark.Volumes, []);
        }

        string[] left = await FindLabelledAsync(instance, cancellation).ConfigureAwait(false);
        return left.Length == 0 || options.KeepData
            ? null
            : options.SkipBackup ? new OwnVolumes(left, []) : throw RemovalErrors.LastBackupImpossible(definition, left);
    }

    /// <summary>Named volumes without a container: kept on purpose, or of a container that somebody removed.</summary>
    private static async Task<string[]> FindLabelledAsync(IInstance instance, CancellationToken cancellation)
    {
        IReadOnlyList<VolumeDetail> all = await instance.Docker.Volumes.ListAsync(cancellation).ConfigureAwait(false);
        return [.. all.Where(volume => Ownership.Of(volume.Labels) == instance.Definition.Name).Select(volume => volume.Name)];
    }

    private static async Task CheckOursAsync(IInstance instance, ContainerDetail container, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        string? owner = Ownership.Of(container.Labels);
        bool isOurs = owner is null
            ? await instance.Docker.Containers.FindPathAsync(container.Id, $"{definition.AdminDirectory}/asterisell.php", cancellation).ConfigureAwait(false) is not null
            : owner == definition.Name;
        if (!isOurs)
        {
            throw RemovalErrors.ContainerNotOurs(definition, container.Image);
        }
    }

    private static string? DestinationOf(AsterisellInstance instance) =>
        instance.Targets.FirstOrDefault(target => target is { Kind: BackupTargetKind.Directory, Path: not null })?.Path;
}
