using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>The application's own activation, judged by what it left: exit code 0 and messages on standard error mean nothing.</summary>
internal sealed class ActivatePhase(UpdateWorld world) : IUpdateWork
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Differences between the admin application and its clone, in what the clone should have. $1 admin, $2 user.</summary>
    private const string Compare = """
        export LC_ALL=C
        shopt -s nullglob dotglob
        cd -- "$1" || exit 1
        for part in *; do
          case $part in
            asterisell.php|cache|log|data_files|rating_tools|doc|fabric_data|resource_files|scripts|symfony-patch|updates) continue ;;
            REMOVE_ME_FOR_ENABLING_ASTERISELL_APP) continue ;;
          esac
          [ -f "$part" ] || [ -d "$part" ] || continue
          diff -rq -x databases.yml -x uploads -x generated_graphs -- "$part" "$2/$part" 2>&1
        done | head -n 20
        """;

    public UpdatePhase Phase => UpdatePhase.Activate;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("activating the application");
        await ApplicationCaches.ClearAsync(world.Instance, cancellation).ConfigureAwait(false);
        ApplicationRun run = await world.Instance.Application.RunAsync(["silently-activate"], [], Limit, cancellation).ConfigureAwait(false);
        await world.Web.AssertAsync("silently-activate", cancellation).ConfigureAwait(false);
        string differing = await world.RunAsync(
            "comparing both applications", Compare, [world.Definition.AdminDirectory, world.Definition.UserDirectory], null, cancellation).ConfigureAwait(false);
        return run.Outcome.ExitCode == 0 && differing.Length == 0
            ? true
            : throw UpdateErrors.ActivationIncomplete(
                world.Definition, run.Outcome.ExitCode,
                differing.Length == 0 ? [InstanceErrors.OneLine(run.Outcome.ErrorText)] : differing.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
