using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>The volumes of one engine.</summary>
internal sealed class DockerVolumes(EngineHttp http) : IDockerVolumes
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<VolumeDetail>> ListAsync(CancellationToken cancellation) => ListAsync([], cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VolumeDetail>> ListAsync(IReadOnlyList<string> labels, CancellationToken cancellation)
    {
        string query = EngineQuery.Build(("filters", EngineQuery.Filters(("label", labels))));
        VolumeListJson list = await http.SendAsync(
            Request(HttpMethod.Get, "/volumes" + query, "listing volumes"), DockerJson.Default.VolumeListJson, cancellation).ConfigureAwait(false);
        return [.. (list.Volumes ?? []).Select(Read).OrderBy(volume => volume.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<VolumeDetail?> FindAsync(string volume, CancellationToken cancellation)
    {
        try
        {
            return Read(await http.SendAsync(
                Request(HttpMethod.Get, Path(volume), "inspecting a volume"), DockerJson.Default.VolumeJson, cancellation).ConfigureAwait(false));
        }
        catch (AsterisellException error) when (error.ErrorId == nameof(DockerErrors.ObjectNotFound))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, long>> MeasureAsync(CancellationToken cancellation)
    {
        // Engines before API 1.42 do not know the filter, ignore it and measure images and containers too.
        DiskUsageJson usage = await http.SendAsync(
            Request(HttpMethod.Get, "/system/df?type=volume", "measuring volumes") with { Long = true, Within = null },
            DockerJson.Default.DiskUsageJson,
            cancellation).ConfigureAwait(false);
        return (usage.Volumes ?? [])
            .Where(volume => volume is { Name.Length: > 0, UsageData.Size: >= 0 })
            .ToDictionary(volume => volume.Name!, volume => volume.UsageData!.Size, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<VolumeDetail> CreateAsync(string volume, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation) =>
        Read(await http.SendAsync(
            Request(HttpMethod.Post, "/volumes/create", "creating a volume") with
            {
                Content = EngineQuery.Json(
                    new VolumeCreateJson(ObjectName.Check(http.Host, "a volume", volume), labels), DockerJson.Default.VolumeCreateJson),
            },
            DockerJson.Default.VolumeJson,
            cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    public Task RemoveAsync(string volume, CancellationToken cancellation) => http.CommandAsync(
        Request(HttpMethod.Delete, Path(volume), "removing a volume") with { Within = http.Limits.SlowAnswer }, cancellation);

    private static VolumeDetail Read(VolumeJson json) =>
        new(json.Name ?? "", json.Driver ?? "", json.Mountpoint ?? "", DockerTime.Parse(json.CreatedAt), json.Labels ?? []);

    private string Path(string volume) => $"/volumes/{ObjectName.Check(http.Host, "a volume", volume)}";

    private EngineRequest Request(HttpMethod method, string path, string doing) =>
        new(method, path) { Doing = doing, Within = http.Limits.QuickAnswer };
}
