namespace Asterisell.Engine.Deployment.Templates;

/// <summary>MariaDB, PHP, cron, log rotation.</summary>
internal static class SystemFiles
{
    public static IEnumerable<RenderedFile> Of(AsterisellInstance instance, ImageLayout layout)
    {
        InstanceSettings settings = instance.Settings;
        yield return ConfigurationRenderer.File(
            instance, DatabaseSettingsFile.Path, () => DatabaseSettingsFile.Render(settings.Container, layout)) with { Effect = DriftEffect.DatabaseRestart };
        yield return ConfigurationRenderer.File(
            instance, PhpSettingsFile.SettingsPath, () => PhpSettingsFile.Settings(settings.Container)) with { Effect = DriftEffect.PhpRestart };
        yield return ConfigurationRenderer.File(
            instance, PhpSettingsFile.PoolPath, () => PhpSettingsFile.Pool(settings)) with { Effect = DriftEffect.PhpRestart };
        yield return ConfigurationRenderer.File(instance, LogRotationFile.Path(instance), () => LogRotationFile.Render(instance));

        // The last: from here on cron starts jobs.
        yield return ConfigurationRenderer.File(instance, CronFile.Path(instance), () => CronFile.Render(instance));
    }
}
