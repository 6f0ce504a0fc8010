namespace Asterisell;

/// <summary>The container and its resources.</summary>
public sealed record ContainerSettings
{
    /// <summary>Memory the instance may plan with: half of it becomes the database cache, and from 2000 on PHP gets 200 MB instead of 128.</summary>
    /// <remarks>Docker's limit of a container that this module makes; the old tool set none.</remarks>
    [Setting(SettingEffect.Restart, Legacy = "container_ram_in_mb", Unit = "megabytes", Minimum = 256, Maximum = 4_194_304)]
    public int MemoryMegabytes { get; init; } = 1000;

    /// <summary>Threads of the rate engine and workers of nginx.</summary>
    /// <remarks>Docker's limit of a container that this module makes, or the host's cores where it has fewer; the old tool set none. The old manual asks for a restart, but only an update applies it.</remarks>
    [Setting(SettingEffect.Update, Legacy = "cpu_cores", Unit = "cores", Minimum = 1, Maximum = 1024)]
    public int CpuCores { get; init; } = 2;

    /// <summary>IANA time zone of PHP: dates on pages, in dump names and in most of the application's tables.</summary>
    /// <remarks>Operating system and MariaDB keep the container's own zone, normally UTC.</remarks>
    [Setting(SettingEffect.Restart, Legacy = "date_timezone", Format = SettingFormat.TimeZone)]
    public string TimeZone { get; init; } = "Europe/Rome";
}
