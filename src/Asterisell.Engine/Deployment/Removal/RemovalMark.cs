using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Removal;

/// <summary>
/// An empty volume that says on the host itself: the last backup of this instance is made and proven (or was left out on purpose), and these
/// are its volumes. A removal that was killed goes on from there, also from another machine.
/// </summary>
/// <remarks>Once the container is gone, nothing else tells which anonymous volume was its own.</remarks>
internal sealed class RemovalMark(IDockerEngine engine, AsterisellInstance instance)
{
    private const string Part = "removal";
    private const string VolumesLabel = "org.asterisell.removal.volumes";

    private string Name => $"{instance.Name}-{Part}";

    /// <summary>When it was made (UTC) and which volumes are to go; null where there is none.</summary>
    public async Task<(DateTimeOffset MadeAt, IReadOnlyList<string> Volumes)?> FindAsync(CancellationToken cancellation)
    {
        VolumeDetail? mark = await engine.Volumes.FindAsync(Name, cancellation).ConfigureAwait(false);
        return mark is not null && Ownership.Of(mark.Labels) == instance.Name && mark.Labels.TryGetValue(VolumesLabel, out string? volumes)
            ? (mark.CreatedAt ?? default, volumes.Split(',', StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    public Task MakeAsync(IEnumerable<string> volumes, CancellationToken cancellation) => engine.Volumes.CreateAsync(
        Name,
        new Dictionary<string, string>(Ownership.LabelsOf(instance)) { [Ownership.Part] = Part, [VolumesLabel] = string.Join(',', volumes) },
        cancellation);

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation).ConfigureAwait(false) is not null)
        {
            await engine.Volumes.RemoveAsync(Name, cancellation).ConfigureAwait(false);
        }
    }
}
