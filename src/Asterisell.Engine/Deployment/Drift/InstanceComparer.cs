using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Compares what inventory and checkout would make of an instance with what runs. Nothing is changed.</summary>
/// <param name="secrets">Looks secrets up.</param>
internal sealed class InstanceComparer(SecretResolver secrets)
{
    private readonly ReleaseReader _releases = new();

    /// <summary>Compares one instance.</summary>
    /// <exception cref="AsterisellException"><see cref="DriftErrors"/>, <see cref="ReleaseErrors"/>, and those of secrets and templates.</exception>
    public async Task<InstanceComparison> CompareAsync(
        IInstance instance, ComparisonOptions options, IOperationProgress progress, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        ReleaseTree? release = options.Application
            ? await _releases.ReadAsync(ApplicationSource.Find(definition, options.Source), cancellation).ConfigureAwait(false)
            : null;
        DeployedManifest? deployed = release is null ? await DeployedManifest.ReadAsync(instance, cancellation).ConfigureAwait(false) : null;
        progress.Report("rendering the configuration");
        ConfigurationMaterial material = await new MaterialReader(secrets).ReadAsync(definition, cancellation).ConfigureAwait(false) with
        {
            // The jobs of a release that is not deployed would wait for classes that are not there, and keep every pass from working.
            ReleaseUpgradeJobs = release?.UpgradeJobs ?? deployed?.UpgradeJobs ?? [],
        };
        ImageDetail? image = await instance.Docker.Images.FindAsync(container.ImageId, cancellation).ConfigureAwait(false);
        RenderedConfiguration wanted = ConfigurationRenderer.Render(
            definition, material, ImageLayout.FromLabels(image?.Labels ?? new Dictionary<string, string>()));
        var comparison = new InstanceComparison
        {
            Configuration = wanted, ConfigurationFiles = [], FormerConfiguration = [], Container = [], Image = image, Manifest = deployed,
        };
        if (release is not null)
        {
            progress.Report("comparing the application");
            comparison = await CompareApplicationAsync(instance, comparison, release, options, cancellation).ConfigureAwait(false);
        }

        if (options.Configuration)
        {
            progress.Report("comparing the configuration");
            var files = new ContainerFiles(instance.Docker, definition.ContainerName);
            comparison = comparison with
            {
                Container = await CompareContainerAsync(instance, container, cancellation).ConfigureAwait(false),
                ConfigurationFiles = await FileDifference.FindAsync(files, wanted, cancellation).ConfigureAwait(false),
                FormerConfiguration = await FindFormerAsync(files, comparison, cancellation).ConfigureAwait(false),
            };
        }

        if (release is null)
        {
            return comparison;
        }

        try
        {
            return comparison with { UpgradeJobs = await UpgradeJobList.ReadAsync(instance, release.UpgradeJobs, cancellation).ConfigureAwait(false) };
        }
        catch (AsterisellException unknown)
        {
            return comparison with { UpgradeJobsUnknown = unknown };
        }
    }

    private static async Task<IReadOnlyList<SettingDifference>> CompareContainerAsync(
        IInstance instance, ContainerDetail container, CancellationToken cancellation)
    {
        string name = instance.Definition.Settings.Image.Name;
        ImageDetail? wanted = await instance.Docker.Images.FindAsync(name, cancellation).ConfigureAwait(false);
        EngineInfo host = await instance.Docker.GetInfoAsync(cancellation).ConfigureAwait(false);
        ContainerDefinition definition = ContainerStep.Define(instance.Definition, name, host);
        return [.. ContainerComparison.Compare(definition, wanted, container)];
    }

    private static async Task<InstanceComparison> CompareApplicationAsync(
        IInstance instance, InstanceComparison comparison, ReleaseTree release, ComparisonOptions options, CancellationToken cancellation)
    {
        IReadOnlySet<string> configured = comparison.Configuration.ApplicationPaths(instance.Definition);
        ReleaseTree tree = release.Without(configured);
        RunningTree running = await RunningTree.OpenAsync(instance, cancellation).ConfigureAwait(false);
        await using (running.ConfigureAwait(false))
        {
            IReadOnlyList<TreeDifference> found = await new TreeComparison(tree, configured) { Checksum = options.Checksum }
                .CompareAsync(running, new GitHistory(tree.Folder), cancellation).ConfigureAwait(false);
            return comparison with { Tree = tree, Manifest = running.Manifest, RunningVersion = running.Version, Application = found };
        }
    }

    /// <summary>Files that the inventory once wanted. Those below the application's folder are found with the application.</summary>
    private static async Task<IReadOnlyList<string>> FindFormerAsync(ContainerFiles files, InstanceComparison comparison, CancellationToken cancellation)
    {
        HashSet<string> wanted = [.. comparison.Configuration.Files.Select(file => file.Path)];
        List<string> former = [];
        foreach (DeployedEntry entry in (comparison.Manifest?.Entries ?? []).Where(one => one.Origin == DeployedOrigin.Configuration && !wanted.Contains(one.Path)))
        {
            if (await files.ExistsAsync(entry.Path, cancellation).ConfigureAwait(false))
            {
                former.Add(entry.Path);
            }
        }

        return former;
    }
}
