using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>The steps of an installation in their order.</summary>
internal static class InstallSteps
{
    public static IEnumerable<IDeploymentWork> Of(InstallWorld world)
    {
        yield return new VolumesStep(world);
        yield return new ContainerStep(world);
        yield return new ApplicationStep(world);
        yield return new ConfigurationStep(world, "Configuration", file => !IsCredentials(file) && !IsCron(file));
        yield return new StartStep(world);
        yield return new DatabaseStep(world);
        yield return new AccountsStep(world);
        if (world.Options.Admin is { } login)
        {
            yield return new AdministratorStep(world, login);
        }

        yield return new PagesStep(world);
        yield return new RecordStep(world);

        // From here on cron starts jobs by itself.
        yield return new ConfigurationStep(world, "Cron", IsCron);
    }

    /// <summary>What is going to be done, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(AsterisellInstance instance, bool withAdmin)
    {
        PortSettings ports = instance.Settings.Ports;
        string published = string.Join(", ", new[] { ports.Http, ports.Https, ports.Ssh }.OfType<int>());
        yield return $"Make the volumes {string.Join(", ", InstanceVolumes.Of(instance).Select(volume => volume.Name))}";
        yield return $"Make the container '{instance.ContainerName}' of the image {instance.Settings.Image.Name}{(published.Length == 0 ? "" : $" with the ports {published}")}";
        yield return "Put the application into it";
        yield return "Write its configuration";
        yield return "Start it";
        yield return $"Make the database '{instance.Settings.Database.Name}' by the application's own installation";
        yield return "Set the passwords and privileges of the database's users";
        if (withAdmin)
        {
            yield return "Make the administrator";
        }

        yield return "Wait until the pages of both applications answer";
        yield return "Note in it what was brought";
        yield return "Let cron start the jobs";
    }

    public static bool IsCredentials(RenderedFile file) => file.Path.EndsWith("/config/databases.yml", StringComparison.Ordinal);

    private static bool IsCron(RenderedFile file) => file.Path.StartsWith("/etc/cron.d/", StringComparison.Ordinal);
}
