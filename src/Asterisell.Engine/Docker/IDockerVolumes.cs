namespace Asterisell.Engine.Docker;

/// <summary>The volumes of an engine.</summary>
public interface IDockerVolumes
{
    /// <summary>All volumes, by name.</summary>
    Task<IReadOnlyList<VolumeDetail>> ListAsync(CancellationToken cancellation);

    /// <summary>The volumes with all of these labels (<c>key</c> or <c>key=value</c>), by name.</summary>
    Task<IReadOnlyList<VolumeDetail>> ListAsync(IReadOnlyList<string> labels, CancellationToken cancellation);

    /// <summary>One volume; null when there is none.</summary>
    Task<VolumeDetail?> FindAsync(string volume, CancellationToken cancellation);

    /// <summary>Bytes in each volume, by name. The engine reads every file of every volume for it: minutes where there is much.</summary>
    Task<IReadOnlyDictionary<string, long>> MeasureAsync(CancellationToken cancellation);

    /// <summary>Creates a volume, or gives the one that has this name already.</summary>
    Task<VolumeDetail> CreateAsync(string volume, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation);

    /// <summary>Removes a volume with its data; one that a container uses is refused.</summary>
    Task RemoveAsync(string volume, CancellationToken cancellation);
}

/// <summary>A volume.</summary>
/// <param name="Name">Name; 64 hexadecimal digits for an anonymous one.</param>
/// <param name="Driver"><c>local</c>, mostly.</param>
/// <param name="Mountpoint">Path on the host.</param>
/// <param name="CreatedAt">UTC; null where the engine does not know.</param>
/// <param name="Labels">Labels.</param>
public sealed record VolumeDetail(
    string Name, string Driver, string Mountpoint, DateTimeOffset? CreatedAt, IReadOnlyDictionary<string, string> Labels);
