using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Hosts;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Users;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>
/// Installs an instance: one command for the old tool's five. Killed at any step, the same command goes on where it stopped; what is there
/// already is left as it is.
/// </summary>
public sealed class InstanceInstaller(IDockerConnector connector, SecretResolver secrets)
{
    /// <summary>Secrets that an installation looks up.</summary>
    public static IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => MaterialReader.References(instance.Settings);

    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(AsterisellInstance instance, InstallOptions options)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        return InstallSteps.Describe(instance, options.Admin is not null);
    }

    /// <summary>Installs one instance.</summary>
    /// <param name="instance">Instance; its container need not exist.</param>
    /// <param name="options">How.</param>
    /// <param name="log">Keeps what became of each step, also where this throws.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Gives up; the same command goes on later.</param>
    /// <returns><c>Unchanged</c> when everything was there already.</returns>
    /// <exception cref="AsterisellException">See <see cref="InstallErrors"/>, and what the steps throw.</exception>
    public async Task<DeploymentResult> InstallAsync(
        IInstance instance, InstallOptions options, DeploymentLog log, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(progress);
        progress.Report("checking");
        InstallWorld world = await PrepareAsync(instance, options, cancellation).ConfigureAwait(false);
        await log.RunAsync(InstallSteps.Of(world), progress, cancellation).ConfigureAwait(false);
        string notes = string.Concat(world.Configuration.Warnings.Select(warning => " " + warning));
        return log.HasChanged
            ? log.End(OperationStatus.Succeeded, $"Installed, and both web applications answer.{(options.Admin is null ? " It has no administrator yet: Set-AsterisellAdmin makes one." : "")}{notes}")
            : log.End(OperationStatus.Unchanged, $"It was installed already.{notes}");
    }

    /// <summary>Everything that can be wrong is looked at before anything is made.</summary>
    private async Task<InstallWorld> PrepareAsync(IInstance instance, InstallOptions options, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        if (options.Admin is { } login)
        {
            PasswordRules.Check(definition, login, options.AllowWeak);
        }

        ContainerDetail? container = await instance.Docker.FindContainerAsync(definition.ContainerName, cancellation).ConfigureAwait(false);
        if (container is not null && Ownership.Of(container.Labels) != definition.Name)
        {
            throw InstallErrors.InstanceNameTaken(definition, container.State, container.Image);
        }

        ApplicationSource source = ApplicationSource.Find(definition, options.Source);
        ReleaseTree release = ReleaseTree.Read(source, cancellation);
        ConfigurationMaterial material = await new MaterialReader(secrets).ReadAsync(definition, cancellation).ConfigureAwait(false) with
        {
            ReleaseUpgradeJobs = release.UpgradeJobs,
        };
        string name = definition.Settings.Image.Name;
        ImageDetail image = await instance.Docker.Images.FindAsync(container?.ImageId ?? name, cancellation).ConfigureAwait(false)
            ?? throw InstallErrors.ImageNotFound(definition, name);
        RenderedConfiguration configuration = ConfigurationRenderer.Render(definition, material, ImageLayout.FromLabels(image.Labels));
        if (container is not { IsRunning: true })
        {
            await CheckHostAsync(definition, cancellation).ConfigureAwait(false);
        }

        return new InstallWorld(instance, options, material, configuration, image, release.Without(configuration.ApplicationPaths(definition)));
    }

    private async Task CheckHostAsync(AsterisellInstance instance, CancellationToken cancellation)
    {
        IReadOnlyList<HostCheck> checks = await new HostTester(connector).TestAsync(instance.Host, [instance], cancellation).ConfigureAwait(false);
        HostCheck[] failed = [.. checks.Where(check => check.Result == CheckResult.Failed)];
        if (failed.Length > 0)
        {
            throw InstallErrors.HostNotFit(instance, failed);
        }
    }
}
