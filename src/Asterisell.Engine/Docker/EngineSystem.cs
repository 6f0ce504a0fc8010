using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>What is asked of an engine as a whole.</summary>
internal sealed class EngineSystem(EngineHttp http)
{
    internal async Task<TimeSpan> PingAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        await http.CommandAsync(
            new EngineRequest(HttpMethod.Get, "/_ping") { Doing = "asking for a sign of life", Within = http.Limits.QuickAnswer },
            cancellation).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start);
    }

    internal async Task<EngineInfo> GetInfoAsync(CancellationToken cancellation)
    {
        InfoJson info = await http.SendAsync(
            new EngineRequest(HttpMethod.Get, "/info") { Doing = "asking the engine about itself", Within = http.Limits.QuickAnswer },
            DockerJson.Default.InfoJson,
            cancellation).ConfigureAwait(false);
        if (info.Id is null || info.Name is null || info.ServerVersion is null)
        {
            throw DockerErrors.NotDocker(http.Host, "an engine without id, name or version");
        }

        return new EngineInfo
        {
            Id = info.Id,
            Name = info.Name,
            ServerVersion = info.ServerVersion,
            ApiVersion = await http.GetVersionAsync(cancellation).ConfigureAwait(false),
            OperatingSystem = info.OperatingSystem ?? "",
            KernelVersion = info.KernelVersion ?? "",
            Architecture = info.Architecture ?? "",
            Cpus = info.Cpus,
            MemoryBytes = info.Memory,
            StorageDriver = info.Driver ?? "",
            RootFolder = info.DockerRootDir ?? "",
            CgroupVersion = int.TryParse(info.CgroupVersion, NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0,
            Clock = DockerTime.Parse(info.SystemTime),
            Containers = info.Containers,
            ContainersRunning = info.ContainersRunning,
            Images = info.Images,
            LiveRestore = info.LiveRestoreEnabled,
            Warnings = info.Warnings ?? [],
        };
    }

    internal async IAsyncEnumerable<EngineEvent> ReadEventsAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string query = EngineQuery.Build(
            ("since", EngineQuery.UnixTime(filter.Since)),
            ("until", EngineQuery.UnixTime(filter.Until)),
            ("filters", EngineQuery.Filters(("type", filter.Kinds), ("container", filter.Containers), ("event", filter.Actions))));
        EngineRequest request = new(HttpMethod.Get, "/events" + query) { Doing = "reading events" };
        await foreach (EventJson line in JsonLines.ReadAsync(http, request, DockerJson.Default.EventJson, cancellation).ConfigureAwait(false))
        {
            if (line.Type is null || line.Action is null)
            {
                throw DockerErrors.NotDocker(http.Host, "an event without kind or action");
            }

            yield return new EngineEvent(
                DateTimeOffset.UnixEpoch.AddTicks(line.TimeNanoseconds / 100),
                line.Type,
                line.Action,
                line.Actor?.Id ?? "",
                line.Actor?.Attributes ?? []);
        }
    }
}
