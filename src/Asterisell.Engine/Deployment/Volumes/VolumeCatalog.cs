using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations.Leases;

namespace Asterisell.Engine.Deployment.Volumes;

/// <summary>
/// Which volumes of a host are provably of an instance: by our label, by a container of the instance that has them, or by the application
/// and database that lie in them. What nothing proves is not ours, and never shows.
/// </summary>
public sealed class VolumeCatalog(IDockerConnector connector)
{
    private const string DataPath = "/var";

    /// <summary>Volumes of instances, by instance and name.</summary>
    /// <param name="host">Host.</param>
    /// <param name="instances">Instances of the inventory on it; others are found too.</param>
    /// <param name="measure">Also measures them, which can take minutes.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<AsterisellVolume>> ListAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, bool measure, CancellationToken cancellation)
    {
        IDockerEngine engine = await connector.ConnectAsync(host, cancellation).ConfigureAwait(false);

        // First of all: the containers that look into volumes make events of their own, and the engine remembers only so many.
        MountHistory history = await MountHistory.ReadAsync(engine, cancellation).ConfigureAwait(false);
        IReadOnlyList<VolumeDetail> volumes = await engine.Volumes.ListAsync(cancellation).ConfigureAwait(false);
        ILookup<string, VolumeUse> uses = await FindUsesAsync(engine, cancellation).ConfigureAwait(false);
        HashSet<string> known = [.. instances.Select(instance => instance.ContainerName)];
        VolumeClaim[] claims = [.. volumes.Where(volume => !volume.Labels.ContainsKey(LeaseTag.Part)).Select(volume => Claim(volume, [.. uses[volume.Name]], known))];
        string[] silent = [.. claims.Where(claim => claim.NeedsLook).Select(claim => claim.Volume.Name)];
        IReadOnlyDictionary<string, string> owners =
            await new VolumeContents(engine).FindInstancesAsync(silent, known, cancellation).ConfigureAwait(false);
        claims = [.. claims.Select(claim => owners.TryGetValue(claim.Volume.Name, out string? owner) ? claim.WithContent(owner) : claim).Where(claim => claim.Instance is not null)];
        if (claims.Length == 0)
        {
            return [];
        }

        IReadOnlyDictionary<string, long> sizes = measure
            ? await engine.Volumes.MeasureAsync(cancellation).ConfigureAwait(false)
            : new Dictionary<string, long>();
        return [.. claims.Select(claim => Describe(host, claim, history, sizes)).OrderBy(volume => volume.Name, StringComparer.OrdinalIgnoreCase).ThenBy(volume => volume.VolumeName, StringComparer.Ordinal)];
    }

    private static async Task<ILookup<string, VolumeUse>> FindUsesAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        IReadOnlyList<ContainerSummary> all = await engine.Containers.ListAsync(new ContainerFilter(), cancellation).ConfigureAwait(false);
        ContainerDetail?[] containers =
            await Task.WhenAll(all.Select(container => engine.FindContainerAsync(container.Id, cancellation))).ConfigureAwait(false);
        return containers.OfType<ContainerDetail>()
            .Where(container => !container.Labels.ContainsKey(Ownership.Scratch))
            .SelectMany(container => container.Mounts.Where(mount => mount.Kind == "volume").Select(mount => new VolumeUse(container, mount)))
            .ToLookup(use => use.Mount.Source, StringComparer.Ordinal);
    }

    private static VolumeClaim Claim(VolumeDetail volume, IReadOnlyList<VolumeUse> uses, HashSet<string> known)
    {
        var claim = new VolumeClaim(volume, uses);
        if (Ownership.Of(volume.Labels) is { } labelled)
        {
            claim = claim.With(labelled, VolumeEvidenceKind.Label, $"it has the label {Ownership.Instance}={labelled}");
        }

        foreach (VolumeUse use in uses)
        {
            bool isData = use.Mount.Destination == DataPath;
            string? owner = Ownership.Of(use.Container.Labels)
                ?? (isData && (known.Contains(use.Container.Name) || Ownership.IsOldImage(use.Container.Image)) ? use.Container.Name : null);
            if (owner is not null)
            {
                claim = claim.With(owner, VolumeEvidenceKind.Mount, $"the container '{use.Container.Name}' ({use.Container.State}) has it at {use.Mount.Destination}");
            }
        }

        // In use by somebody else at another path than /var it can only be theirs.
        return claim with { NeedsLook = claim.Instance is null && uses.All(use => use.Mount.Destination == DataPath) };
    }

    private static AsterisellVolume Describe(
        AsterisellHost host, VolumeClaim claim, MountHistory history, IReadOnlyDictionary<string, long> sizes)
    {
        VolumeDetail volume = claim.Volume;
        MountRecord? last = history.LastOf(volume.Name);
        string? part = volume.Labels.GetValueOrDefault(Ownership.Part);
        return new AsterisellVolume
        {
            Name = claim.Instance!,
            HostName = host.Name,
            VolumeName = volume.Name,
            State = claim.Uses.Count == 0 ? VolumeState.Orphan : VolumeState.InUse,
            Path = claim.Uses.Select(use => use.Mount.Destination).FirstOrDefault()
                ?? (part is null ? null : InstanceVolumes.PathOf(part)) ?? (claim.HasContent ? DataPath : last?.Destination),
            Containers = claim.Uses.Select(use => use.Container.Name).Distinct().ToArray(),
            IsAnonymous = Ownership.IsAnonymous(volume.Name),
            CreatedAt = volume.CreatedAt,
            SizeBytes = sizes.TryGetValue(volume.Name, out long size) ? size : null,

            // An array: PowerShell takes no index on what the compiler makes of a list that can only be read.
            Evidence = (last is null ? claim.Evidence : claim.Evidence.Append(last.ToEvidence())).ToArray(),
        };
    }
}
