using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>
/// Takes written configuration files over into the customers' application and clears the caches, where nothing else changes: the whole activation
/// would touch every file and lose the lock of the customers' web.
/// </summary>
/// <remarks>What the application's own clone leaves out is left out; read in the original's code.</remarks>
internal sealed class PublishPhase(UpdateWorld world) : IUpdateWork
{
    private static readonly string[] NotCloned =
    [
        "asterisell.php", "cache", "log", "config/databases.yml", "data_files", "rating_tools", "doc", "fabric_data", "resource_files", "scripts",
        "symfony-patch", "updates",
    ];

    /// <summary>$1 admin, $2 user; paths below both on standard input. Each is written beside its name and renamed.</summary>
    private const string Script = """
        export LC_ALL=C
        while IFS= read -r -d '' path; do
          cmp -s -- "$1/$path" "$2/$path" && continue
          folder=$2
          [ "$path" = "${path%/*}" ] || folder=$2/${path%/*}
          mkdir -p -- "$folder"
          cp -a -T -- "$1/$path" "$folder/.asterisell-$$" && mv -fT -- "$folder/.asterisell-$$" "$2/$path" || exit 1
        done
        """;

    public UpdatePhase Phase => UpdatePhase.Activate;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        string admin = world.Definition.AdminDirectory + "/";
        string[] paths =
        [
            .. world.Journal.ConfigurationFiles.Where(path => path.StartsWith(admin, StringComparison.Ordinal)).Select(path => path[admin.Length..])
                .Where(path => !NotCloned.Any(name => path == name || path.StartsWith(name + "/", StringComparison.Ordinal))),
        ];
        if (paths.Length == 0)
        {
            return false;
        }

        progress.Report("taking the configuration over");
        await world.RunAsync(
            "keeping the customers' configuration", UpdateScripts.KeepFiles, [world.Store.Folder],
            paths.Select(path => $"{world.Definition.UserDirectory}/{path}"), cancellation).ConfigureAwait(false);
        await world.RunAsync(
            "taking the configuration over", Script, [world.Definition.AdminDirectory, world.Definition.UserDirectory], paths, cancellation).ConfigureAwait(false);
        await ApplicationCaches.ClearAsync(world.Instance, cancellation).ConfigureAwait(false);
        return true;
    }
}
