using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Volumes;

/// <summary>A volume and what is known of whose it is.</summary>
internal sealed record VolumeClaim(VolumeDetail Volume, IReadOnlyList<VolumeUse> Uses)
{
    /// <summary>Instance that it is proven to be of; null for none.</summary>
    public string? Instance { get; init; }

    public IReadOnlyList<VolumeEvidence> Evidence { get; init; } = [];

    /// <summary>True when only what lies in it could tell.</summary>
    public bool NeedsLook { get; init; }

    public bool HasContent => Evidence.Any(one => one.Kind == VolumeEvidenceKind.Content);

    public VolumeClaim WithContent(string instance) =>
        With(instance, VolumeEvidenceKind.Content, $"www/{instance}/admin with the application and lib/mysql with its database lie in it");

    /// <summary>One more reason; the first one decides whose it is.</summary>
    public VolumeClaim With(string instance, VolumeEvidenceKind kind, string text) =>
        this with { Instance = Instance ?? instance, Evidence = [.. Evidence, new VolumeEvidence(kind, text)] };
}

/// <summary>A container that has a volume.</summary>
internal sealed record VolumeUse(ContainerDetail Container, ContainerMount Mount);
