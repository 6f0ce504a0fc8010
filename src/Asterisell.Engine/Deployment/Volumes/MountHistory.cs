using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Volumes;

/// <summary>Who had which volume, as far as the engine remembers: its last 256 events, none from before its own start.</summary>
internal sealed class MountHistory
{
    private readonly Dictionary<string, MountRecord> _last = new(StringComparer.Ordinal);

    private MountHistory()
    {
    }

    /// <summary>Reads what the engine remembers, up to its own present: a time in its future would be waited for.</summary>
    public static async Task<MountHistory> ReadAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        EngineInfo info = await engine.GetInfoAsync(cancellation).ConfigureAwait(false);
        var history = new MountHistory();
        if (info.Clock is not { } now)
        {
            return history;
        }

        Dictionary<string, (string Name, string Image)> containers = [];
        var filter = new EventFilter { Since = DateTimeOffset.UnixEpoch, Until = now, Kinds = ["container", "volume"] };
        await foreach (EngineEvent one in engine.ReadEventsAsync(filter, cancellation).ConfigureAwait(false))
        {
            if (one.Kind == "container" && !one.Attributes.ContainsKey(Ownership.Scratch))
            {
                containers[one.Id] = (one.Attributes.GetValueOrDefault("name", ""), one.Attributes.GetValueOrDefault("image", ""));
            }
            else if (one is { Kind: "volume", Action: "mount" } && containers.TryGetValue(one.Attributes.GetValueOrDefault("container", ""), out var by))
            {
                history._last[one.Id] = new MountRecord(by.Name, by.Image, one.Attributes.GetValueOrDefault("destination", ""), one.At);
            }
        }

        return history;
    }

    /// <summary>The last mount that is remembered; null for none.</summary>
    public MountRecord? LastOf(string volume) => _last.GetValueOrDefault(volume);
}

/// <summary>A container that mounted a volume.</summary>
/// <param name="Container">Its name.</param>
/// <param name="Image">Its image.</param>
/// <param name="Destination">Path in it.</param>
/// <param name="At">UTC.</param>
internal sealed record MountRecord(string Container, string Image, string Destination, DateTimeOffset At)
{
    public VolumeEvidence ToEvidence() => new(
        VolumeEvidenceKind.History,
        string.Create(CultureInfo.InvariantCulture, $"the container '{Container}' (image {Image}) mounted it at {Destination} on {At:u}"));
}
