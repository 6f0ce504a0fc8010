using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>What an instance should be, what it is, and what lies between.</summary>
internal sealed record InstanceComparison
{
    /// <summary>The release, without what the configuration writes; null where the application was not compared.</summary>
    public ReleaseTree? Tree { get; init; }

    /// <summary>What was deployed last; null where nobody noted it.</summary>
    public DeployedManifest? Manifest { get; init; }

    /// <summary>Content of <c>VERSION</c> in the instance; null where there is none.</summary>
    public string? RunningVersion { get; init; }

    /// <summary>Files of the application, by path.</summary>
    public IReadOnlyList<TreeDifference> Application { get; init; } = [];

    /// <summary>The configuration as the inventory makes it.</summary>
    public required RenderedConfiguration Configuration { get; init; }

    /// <summary>Files of the configuration that differ, in the order in which they are best written.</summary>
    public required IReadOnlyList<FileDifference> ConfigurationFiles { get; init; }

    /// <summary>Full paths of files that an earlier configuration had and this one has not.</summary>
    public required IReadOnlyList<string> FormerConfiguration { get; init; }

    /// <summary>What only a new container would change.</summary>
    public required IReadOnlyList<SettingDifference> Container { get; init; }

    /// <summary>Upgrade jobs; null where the database could not be asked.</summary>
    public UpgradeJobList? UpgradeJobs { get; init; }

    /// <summary>Why the database could not be asked.</summary>
    public AsterisellException? UpgradeJobsUnknown { get; init; }

    /// <summary>The image that the container runs on.</summary>
    public ImageDetail? Image { get; init; }
}
