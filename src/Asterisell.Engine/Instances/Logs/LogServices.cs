namespace Asterisell.Engine.Instances.Logs;

/// <summary>Whose logs there are.</summary>
public static class LogServices
{
    /// <summary>The container's own log, which Docker keeps; readable when the container does not run.</summary>
    public const string Container = "container";

    /// <summary>supervisord's own log. In the original it says the same as the container's.</summary>
    public const string Supervisord = "supervisord";

    /// <summary>The application's own logs.</summary>
    public const string Asterisell = "asterisell";

    /// <summary>All of the usual ones; a supervisord may have more programs.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Asterisell, Container, "crond", "mysql", "nginx", "php", "sshd", Supervisord];

    /// <summary>The name by which a service goes here: <c>web</c>, <c>database</c>, <c>jobs</c> and <c>cron</c> are understood too.</summary>
    public static string Resolve(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToLowerInvariant() switch
        {
            "web" => "nginx",
            "database" or "mariadb" or "mysqld" => "mysql",
            "jobs" => Asterisell,
            "cron" => "crond",
            "php-fpm" => "php",
            "ssh" => "sshd",
            var plain => plain,
        };
    }
}
