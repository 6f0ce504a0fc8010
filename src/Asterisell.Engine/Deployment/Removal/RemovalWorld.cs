using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Removal;

/// <summary>What the steps of one removal share.</summary>
internal sealed class RemovalWorld(IInstance instance, UninstallOptions options, IReadOnlyList<string> volumes)
{
    public IInstance Instance { get; } = instance;

    public AsterisellInstance Definition => Instance.Definition;

    public IDockerEngine Engine => Instance.Docker;

    public UninstallOptions Options { get; } = options;

    /// <summary>Volumes of the instance's container; once it is gone, those that the mark names.</summary>
    public IReadOnlyList<string> Volumes { get; } = volumes;

    public RemovalMark Mark { get; } = new(instance.Docker, instance.Definition);

    /// <summary>The last backup, when this run made it.</summary>
    public AsterisellBackup? Backup { get; set; }

    /// <summary>True when this run has locked cron and no job runs any more.</summary>
    public bool IsDrained { get; set; }

    public Task<ContainerDetail?> FindContainerAsync(CancellationToken cancellation) =>
        Engine.FindContainerAsync(Definition.ContainerName, cancellation);
}
