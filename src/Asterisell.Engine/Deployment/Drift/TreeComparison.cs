using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances.Application;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Compares a release with what an instance has.</summary>
/// <remarks>
/// As rsync does it: a file of the same size and time is the same, and content decides otherwise. Owners and modes are not looked at; the
/// application sets them itself whenever it is activated.
/// </remarks>
/// <param name="tree">The release, without what the configuration writes.</param>
/// <param name="configured">Paths below the application's folder that the configuration writes.</param>
internal sealed class TreeComparison(ReleaseTree tree, IReadOnlySet<string> configured)
{
    private readonly List<TreeDifference> _found = [];
    private readonly List<(TreeEntry? Wanted, RunningEntry Running)> _doubtful = [];

    /// <summary>Reads content even where size and time are the same.</summary>
    public bool Checksum { get; init; }

    /// <summary>Differences by path; a folder comes before what is in it.</summary>
    public async Task<IReadOnlyList<TreeDifference>> CompareAsync(RunningTree running, GitHistory history, CancellationToken cancellation)
    {
        HashSet<string> missing = [.. tree.Entries.Select(entry => entry.Path)];
        await foreach (RunningEntry entry in running.ListAsync(cancellation).ConfigureAwait(false))
        {
            missing.Remove(entry.Path);
            if (entry.Path == ApplicationTree.RateEngine || configured.Contains(entry.Path))
            {
                continue;
            }

            Look(tree.Find(entry.Path), entry, running.Manifest);
        }

        missing.Remove(ApplicationTree.RateEngine);
        _found.AddRange(missing.Select(path => new TreeDifference(path, DriftChange.Added, tree.Find(path), null)));
        await DecideAsync(running, cancellation).ConfigureAwait(false);
        await AskHistoryAsync(running.Manifest, history, cancellation).ConfigureAwait(false);
        return [.. _found.OrderBy(one => one.Path, StringComparer.Ordinal)];
    }

    private void Look(TreeEntry? wanted, RunningEntry running, DeployedManifest? manifest)
    {
        if (wanted is not null && wanted.Kind == running.Kind)
        {
            bool same = wanted.Kind switch
            {
                TreeEntryKind.File => !Checksum && wanted.SizeBytes == running.SizeBytes && wanted.ModifiedTicks == running.ModifiedTicks,
                TreeEntryKind.Link => wanted.Target == running.Target,
                _ => true,
            };
            if (!same)
            {
                _doubtful.Add((wanted, running));
            }

            return;
        }

        DeployedEntry? deployed = manifest?.Find(running.Path);
        bool isNobodys = wanted is null && (running.Kind == TreeEntryKind.Folder || ApplicationTree.IsFilledByUse(running.Path)) && deployed?.Origin != DeployedOrigin.Release;
        bool isKnown = deployed?.Origin == DeployedOrigin.Application || (wanted is null && manifest?.IsConfigured(running.Path) == true);
        if (!isNobodys && !isKnown)
        {
            _doubtful.Add((wanted, running));
        }
    }

    /// <summary>Asks for hashes of what may be the same, and of what may still be as it was brought.</summary>
    private async Task DecideAsync(RunningTree running, CancellationToken cancellation)
    {
        string[] asked =
        [
            .. _doubtful.Where(one => one.Running.Kind == TreeEntryKind.File
                    && (one.Wanted?.SizeBytes == one.Running.SizeBytes || running.Manifest?.Find(one.Running.Path)?.SizeBytes == one.Running.SizeBytes))
                .Select(one => one.Running.Path),
        ];
        IReadOnlyDictionary<string, string> hashes = await running.HashAsync(asked, cancellation).ConfigureAwait(false);
        foreach ((TreeEntry? wanted, RunningEntry entry) in _doubtful)
        {
            string hash = entry.Kind == TreeEntryKind.Link ? ReleaseTree.HashOf(entry.Target!) : hashes.GetValueOrDefault(entry.Path, "");
            if (wanted is not null && wanted.Kind == entry.Kind && wanted.SizeBytes == entry.SizeBytes
                && hash == await tree.HashAsync(wanted, cancellation).ConfigureAwait(false))
            {
                continue;
            }

            DeployedEntry? deployed = running.Manifest?.Find(entry.Path);
            DriftChange change = wanted is not null ? DriftChange.Changed : deployed?.Origin == DeployedOrigin.Release ? DriftChange.Removed : DriftChange.OperatorFile;
            bool isEdited = deployed is not null && (deployed.Kind != entry.Kind || (deployed.Sha256.Length > 0 && deployed.Sha256 != hash));
            _found.Add(new TreeDifference(entry.Path, change, wanted, entry) { IsEdited = isEdited && change != DriftChange.OperatorFile });
        }
    }

    /// <summary>Where nobody noted what was brought, the checkout's history tells which of the unknown files it once had.</summary>
    private async Task AskHistoryAsync(DeployedManifest? manifest, GitHistory history, CancellationToken cancellation)
    {
        string[] unknown = manifest is null ? [.. _found.Where(one => one.Change == DriftChange.OperatorFile).Select(one => one.Path)] : [];
        if (unknown.Length == 0)
        {
            return;
        }

        IReadOnlySet<string> once = await history.FindAsync(unknown, cancellation).ConfigureAwait(false);
        for (int at = 0; at < _found.Count; at++)
        {
            if (_found[at].Change == DriftChange.OperatorFile && once.Contains(_found[at].Path))
            {
                _found[at] = _found[at] with { Change = DriftChange.Removed };
            }
        }
    }
}
