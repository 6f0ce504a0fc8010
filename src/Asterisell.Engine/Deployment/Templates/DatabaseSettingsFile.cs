using System.Globalization;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary><c>/etc/my.cnf.d/server.cnf</c>: how much memory MariaDB takes. Everything else about it is the image's.</summary>
internal static class DatabaseSettingsFile
{
    public const string Path = "/etc/my.cnf.d/server.cnf";

    /// <summary>Memory of the cache in megabytes: half of what the instance may plan with.</summary>
    public static int CacheMegabytes(ContainerSettings container) => container.MemoryMegabytes / 2;

    public static string Render(ContainerSettings container, ImageLayout layout)
    {
        string cache = CacheMegabytes(container).ToString(CultureInfo.InvariantCulture);
        string head =
            $"""
            # Memory of MariaDB, made from the inventory. What is changed here is lost with the next update.
            [server]
            innodb_buffer_pool_size = {(layout.HasTokuDb ? "50" : cache)}M
            max_allowed_packet = 30M

            """;
        return layout.HasTokuDb
            ? head +
                $"""

                [mariadb]
                plugin-load-add=ha_tokudb.so
                tokudb_cache_size = {cache}M
                tokudb_auto_analyze=30

                """
            : head;
    }
}
