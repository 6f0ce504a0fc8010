using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Engine.Deployment.Configuration;

/// <summary>Brings the configuration of a running instance to what the inventory wants; a restart then makes it felt.</summary>
public sealed class ConfigurationRefresh(SecretResolver secrets)
{
    private static readonly TimeSpan ActivationLimit = TimeSpan.FromMinutes(10);

    /// <summary>Secrets that are looked up.</summary>
    public static IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => InstanceInstaller.SecretsOf(instance);

    /// <summary>
    /// Writes what differs. nginx tests its files; where it refuses them, all files are put back as they were. Passwords of the database are
    /// left: the application's and MariaDB's have to change together.
    /// </summary>
    /// <returns>What was done, in words; null where nothing differed.</returns>
    /// <exception cref="AsterisellException"><c>WebConfigurationRefused</c>, <c>ActivationFailed</c>, and those of secrets and templates.</exception>
    public async Task<string?> ApplyAsync(IInstance instance, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        progress?.Report("comparing the configuration");
        DeployedManifest? deployed = await DeployedManifest.ReadAsync(instance, cancellation).ConfigureAwait(false);
        ConfigurationMaterial material = await new MaterialReader(secrets).ReadAsync(instance.Definition, cancellation).ConfigureAwait(false) with
        {
            ReleaseUpgradeJobs = deployed?.UpgradeJobs ?? [],
        };
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        ImageDetail? image = await instance.Docker.Images.FindAsync(container.ImageId, cancellation).ConfigureAwait(false);
        RenderedConfiguration wanted = ConfigurationRenderer.Render(
            instance.Definition, material, ImageLayout.FromLabels(image?.Labels ?? new Dictionary<string, string>()));
        var files = new ContainerFiles(instance.Docker, instance.Definition.ContainerName);
        IReadOnlyList<FileDifference> all = await FileDifference.FindAsync(files, wanted, cancellation).ConfigureAwait(false);
        FileDifference[] differing = [.. all.Where(one => !InstallSteps.IsCredentials(one.File))];
        string passwords = all.Count > differing.Length ? "the database's passwords differ from the inventory's and were left (Set-AsterisellDatabasePassword changes them)" : "";
        if (differing.Length == 0)
        {
            return passwords.Length == 0 ? null : passwords;
        }

        progress?.Report("writing the configuration");
        await files.WriteAsync(
            [
                .. wanted.Folders.Select(folder => new NewEntry(folder.Path, null, folder.Owner, folder.Group, folder.Mode)),
                .. differing.Select(one => one.Wanted),
            ],
            cancellation).ConfigureAwait(false);
        await TestWebAsync(instance, files, differing, cancellation).ConfigureAwait(false);
        if (differing.Any(one => one.File.Effect == DriftEffect.Activation))
        {
            await ActivateAsync(instance, progress, cancellation).ConfigureAwait(false);
        }

        string written = $"{differing.Length} files were written ({string.Join(", ", differing.Select(one => one.File.Path))})";
        return passwords.Length == 0 ? written : $"{written}; {passwords}";
    }

    private static async Task TestWebAsync(
        IInstance instance, ContainerFiles files, IReadOnlyList<FileDifference> written, CancellationToken cancellation)
    {
        CommandOutcome test = await instance.Exec.RunAsync(new InstanceCommand("nginx", "-t", "-q"), cancellation).ConfigureAwait(false);
        if (test.ExitCode == 0)
        {
            return;
        }

        NewEntry[] before = [.. written.Select(one => one.Before).OfType<NewEntry>()];
        if (before.Length > 0)
        {
            await files.WriteAsync(before, CancellationToken.None).ConfigureAwait(false);
        }

        string[] added = [.. written.Where(one => one.Stored is null).Select(one => one.File.Path)];
        if (added.Length > 0)
        {
            await instance.Exec.RunAsync(new InstanceCommand(["rm", "-f", "--", .. added]), CancellationToken.None).ConfigureAwait(false);
        }

        throw ConfigurationErrors.WebConfigurationRefused(instance.Definition, InstanceErrors.OneLine(test.ErrorText));
    }

    /// <summary>The application takes its own file over to the customers' side, and with that it loses the lock of their web.</summary>
    private static async Task ActivateAsync(IInstance instance, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("activating the configuration");
        ApplicationLocks before = await instance.Application.GetLocksAsync(cancellation).ConfigureAwait(false);
        ApplicationRun run = await instance.Application
            .RunAsync(["silently-activate"], [], ActivationLimit, cancellation).ConfigureAwait(false);
        if (before.WebLocked)
        {
            string path = $"{instance.Definition.UserDirectory}/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP";
            await instance.Files.WriteAsync(path, ReadOnlyMemory<byte>.Empty, new FileOwnership("root", "root", 0x1A4), CancellationToken.None).ConfigureAwait(false);
        }

        string admin = $"{instance.Definition.AdminDirectory}/apps/asterisell/config/app.yml";
        string customer = $"{instance.Definition.UserDirectory}/apps/asterisell/config/app.yml";
        CommandOutcome same = await instance.Exec.RunAsync(new InstanceCommand("cmp", "-s", admin, customer), cancellation).ConfigureAwait(false);
        if (same.ExitCode != 0)
        {
            throw ConfigurationErrors.ActivationFailed(instance.Definition, run.Outcome.ExitCode);
        }
    }
}
