using System.Globalization;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>PHP: one file of settings for the web and the command line, and the pool of php-fpm.</summary>
internal static class PhpSettingsFile
{
    /// <summary>Read after <c>/etc/php.ini</c> and the extensions, so it has the last word.</summary>
    public const string SettingsPath = "/etc/php.d/99-asterisell.ini";

    /// <summary>Pool that serves both applications.</summary>
    public const string PoolPath = "/etc/php-fpm.d/www.conf";

    /// <summary>Where sessions are kept.</summary>
    public const string SessionFolder = "/var/lib/php/session";

    private const int FewestWorkers = 5;
    private const int MostWorkers = 50;

    /// <summary>Memory that one request or job may take, megabytes.</summary>
    public static int MemoryLimitMegabytes(ContainerSettings container) => container.MemoryMegabytes >= 2000 ? 200 : 128;

    public static string Settings(ContainerSettings container) =>
        $"""
        ; PHP, made from the inventory. What is changed here is lost with the next update.
        date.timezone = {SafeWord.Check("container.timeZone", container.TimeZone)}
        memory_limit = {Text(MemoryLimitMegabytes(container))}M
        max_execution_time = 180
        max_input_time = 180
        post_max_size = 30M
        upload_max_filesize = 30M
        cgi.fix_pathinfo = 0
        display_errors = Off
        log_errors = On
        html_errors = Off
        expose_php = Off
        session.save_path = {SessionFolder}
        session.cookie_httponly = On
        opcache.max_accelerated_files = 12000

        """;

    /// <summary>As many workers as fit beside the database, each counted with its memory limit.</summary>
    public static string Pool(InstanceSettings settings)
    {
        string user = SafeWord.Check("web.unixUser", settings.Web.UnixUser);
        int workers = Math.Clamp(
            settings.Container.MemoryMegabytes / 2 / MemoryLimitMegabytes(settings.Container), FewestWorkers, MostWorkers);
        return $"""
            ; PHP for the web, made from the inventory. What is changed here is lost with the next update.
            [www]
            user = {user}
            group = {user}
            listen = 127.0.0.1:9000
            pm = dynamic
            pm.max_children = {Text(workers)}
            pm.start_servers = 2
            pm.min_spare_servers = 1
            pm.max_spare_servers = 3
            pm.max_requests = 1000
            catch_workers_output = yes
            decorate_workers_output = no
            php_admin_value[error_log] = /var/log/php-fpm/www-error.log

            """;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
