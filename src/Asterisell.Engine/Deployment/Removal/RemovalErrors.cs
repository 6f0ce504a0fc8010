namespace Asterisell.Engine.Deployment.Removal;

/// <summary>Why an instance is not removed.</summary>
public static class RemovalErrors
{
    /// <summary>The container of that name is somebody else's.</summary>
    public static AsterisellException ContainerNotOurs(AsterisellInstance instance, string image)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new AsterisellException(
            nameof(ContainerNotOurs), ErrorKind.Conflict, instance.ToString(),
            $"nothing proves that the container '{instance.ContainerName}' (image {image}) is this instance's: it has no label of ours, and no application in {instance.AdminDirectory}. It was not touched.",
            "If it is only half installed by the old tool: docker rm, and Get-AsterisellVolume shows what is left.");
    }

    /// <summary>Another container works on one of its volumes.</summary>
    public static AsterisellException VolumeShared(AsterisellInstance instance, string volume, string container)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new AsterisellException(
            nameof(VolumeShared), ErrorKind.Conflict, instance.ToString(),
            $"its volume '{volume}' is also used by the container '{container}'. Nothing was changed.",
            $"If that container is not needed: docker rm {container}; then run the same command again.");
    }

    /// <summary>Nobody said where the last backup goes.</summary>
    public static AsterisellException LastBackupDestinationMissing(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new AsterisellException(
            nameof(LastBackupDestinationMissing), ErrorKind.InvalidInput, instance.ToString(),
            "it is not said where its last backup goes. Nothing was changed.",
            "Give -Destination, or a backup target of kind directory in the inventory; or leave the backup out on purpose: -SkipBackup");
    }

    /// <summary>The container is gone, so its data can't be backed up.</summary>
    public static AsterisellException LastBackupImpossible(AsterisellInstance instance, IReadOnlyList<string> volumes)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(volumes);
        return new AsterisellException(
            nameof(LastBackupImpossible), ErrorKind.InvalidState, instance.ToString(),
            $"its container is gone, so no last backup can be made; its data are still in {string.Join(", ", volumes)}. Nothing was changed.",
            $"Take them up again: Install-AsterisellInstance {instance}. Or remove them for good: Uninstall-AsterisellInstance {instance} -SkipBackup");
    }

    /// <summary>Nobody can be asked for the name.</summary>
    public static AsterisellException ConfirmationImpossible(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new AsterisellException(
            nameof(ConfirmationImpossible), ErrorKind.InvalidState, instance.ToString(),
            "its name has to be typed to confirm that it is removed, and nobody can be asked here. Nothing was changed.",
            "Run it in an interactive shell, or say that you mean it: -Force");
    }

    /// <summary>Something else was typed.</summary>
    public static AsterisellException NameNotConfirmed(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new AsterisellException(
            nameof(NameNotConfirmed), ErrorKind.InvalidInput, instance.ToString(), "its name was not typed as it is. Nothing was changed.");
    }
}
