namespace Asterisell.Engine.Deployment.Volumes;

/// <summary>Why a volume is not removed.</summary>
public static class VolumeErrors
{
    /// <summary>Nothing proves that it is an instance's, or it does not exist.</summary>
    public static AsterisellException VolumeNotOurs(AsterisellHost host, string volume)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new AsterisellException(
            nameof(VolumeNotOurs), ErrorKind.NotFound, $"{host.Name} {volume}",
            "no volume of that name is provably of an Asterisell instance; it was not touched.",
            $"See those that are: Get-AsterisellVolume {host.Name}");
    }

    /// <summary>A container has it.</summary>
    public static AsterisellException VolumeInUse(AsterisellVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return new AsterisellException(
            nameof(VolumeInUse), ErrorKind.Conflict, volume.ToString(),
            $"the container '{string.Join("', '", volume.Containers)}' has it at {volume.Path}; it was not touched.",
            $"To remove the instance with its volumes: Uninstall-AsterisellInstance {volume.HostName}/{volume.Name}");
    }
}
