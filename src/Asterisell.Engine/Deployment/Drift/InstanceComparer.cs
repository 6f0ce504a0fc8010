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
        progress.Report("rendering the configuration");
        ConfigurationMaterial material = await new MaterialReader(secrets).ReadAsync(definition, cancellation).ConfigureAwait(false);
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        ImageDetail? image = await instance.Docker.Images.FindAsync(container.ImageId, cancellation).ConfigureAwait(false);
        RenderedConfiguration wanted = ConfigurationRenderer.Render(
            definition, material, ImageLayout.FromLabels(image?.Labels ?? new Dictionary<string, string>()));
        var comparison = new InstanceComparison
        {
            Configuration = wanted, ConfigurationFiles = [], FormerConfiguration = [], Container = [], Image = image,
        };
        if (options.Application)
        {
            progress.Report("comparing the application");
            comparison = await CompareApplicationAsync(instance, comparison, options, cancellation).ConfigureAwait(false);
        }
        else
        {
            comparison = comparison with { Manifest = await DeployedManifest.ReadAsync(instance, cancellation).ConfigureAwait(false) };
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

        if (!options.Application)
        {
            return comparison;
        }

        try
        {
            return comparison with { UpgradeJobs = await UpgradeJobList.ReadAsync(instance, cancellation).ConfigureAwait(false) };
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

    private async Task<InstanceComparison> CompareApplicationAsync(
        IInstance instance, InstanceComparison comparison, ComparisonOptions options, CancellationToken cancellation)
    {
        IReadOnlySet<string> configured = comparison.Configuration.ApplicationPaths(instance.Definition);
        ReleaseTree tree = (await _releases.ReadAsync(ApplicationSource.Find(instance.Definition, options.Source), cancellation).ConfigureAwait(false))
            .Without(configured);
        RunningTree running = await RunningTree.OpenAsync(instance, cancellation).ConfigureAwait(false);
        await using (running.ConfigureAwait(false))
        {
            IReadOnlyList<TreeDifference> found = await new TreeComparison(tree, configured) { Checksum = options.Checksum }
                .CompareAsync(running, new GitHistory(tree.Folder), cancellation).ConfigureAwait(false);
            return comparison with
            {
                Tree = tree, Manifest = running.Manifest, RunningVersion = running.Version, Application = found,
                UnlistedUpgradeJobs = await ReleaseUpgradeJobs.FindUnlistedAsync(tree.Folder, instance.Definition.Settings.Jobs, cancellation).ConfigureAwait(false),
            };
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
