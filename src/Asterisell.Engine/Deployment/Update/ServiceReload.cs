using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Packages;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Makes single services read what is new. The old tool restarted all of them, the database included, at the end of each upgrade.</summary>
internal static class ServiceReload
{
    private static readonly string[] Reloaded = ["php", "nginx"];

    /// <summary>nginx finishes the requests that it has; php-fpm replaces itself and forgets compiled code; no process 1 is bothered.</summary>
    private const string Script = """
        case $1 in
          nginx) exec nginx -s reload ;;
          php)
            for file in /proc/[0-9]*/cmdline; do
              title=
              { IFS= read -r -d '' title < "$file"; } 2>/dev/null
              case $title in 'php-fpm: master'*) id=${file#/proc/}; exec kill -USR2 "${id%/cmdline}" ;; esac
            done
            echo 'php-fpm does not run' >&2
            exit 1 ;;
        esac
        """;

    /// <summary>Reloads services: first the database, last the web server.</summary>
    public static async Task RunAsync(IInstance instance, IReadOnlyList<string> services, IProgress<string> progress, CancellationToken cancellation)
    {
        if (services.Contains("mysql"))
        {
            IReadOnlyList<ServiceStatus> running = await instance.Services.ListAsync(cancellation).ConfigureAwait(false);
            await new StaleServices(instance).RestartAsync([.. running.Where(service => service.Service == "mysql")], progress, cancellation).ConfigureAwait(false);
        }

        foreach (string service in Reloaded.Where(services.Contains))
        {
            progress.Report($"reloading {service}");
            CommandOutcome outcome = await instance.Exec.RunAsync(Bash.Command(Script, service), cancellation).ConfigureAwait(false);
            if (outcome.ExitCode != 0)
            {
                throw UpdateErrors.ServiceNotReloaded(instance.Definition, service, InstanceErrors.OneLine(outcome.ErrorText));
            }
        }
    }
}
