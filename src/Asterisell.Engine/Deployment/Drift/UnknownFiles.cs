using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances.Application;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>
/// Files in the application's folder that neither release nor configuration brought. Right after the application was activated for the first
/// time they are its own; those that come with a later activation are so too.
/// </summary>
internal static class UnknownFiles
{
    /// <summary>Their paths below the application's folder.</summary>
    /// <param name="instance">Instance; it runs.</param>
    /// <param name="tree">The release.</param>
    /// <param name="configured">Paths that the configuration writes.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlySet<string>> FindAsync(
        IInstance instance, ReleaseTree tree, IReadOnlySet<string> configured, CancellationToken cancellation)
    {
        HashSet<string> unknown = [];
        RunningTree running = await RunningTree.OpenAsync(instance, cancellation).ConfigureAwait(false);
        await using (running.ConfigureAwait(false))
        {
            await foreach (RunningEntry entry in running.ListAsync(cancellation).ConfigureAwait(false))
            {
                if (entry.Kind != TreeEntryKind.Folder && entry.Path != ApplicationTree.RateEngine && !ApplicationTree.IsFilledByUse(entry.Path)
                    && tree.Find(entry.Path) is null && !configured.Contains(entry.Path))
                {
                    unknown.Add(entry.Path);
                }
            }
        }

        return unknown;
    }
}
