using System.Globalization;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// Takes the directories of the container. What did not change since an earlier snapshot is shared with it; only the rest is read. Files are
/// listed before and after they are read: what changed meanwhile, appeared, or was replaced just when tar came by, is read again; what keeps
/// changing is named.
/// </summary>
/// <remarks>
/// The application replaces its daily dumps by unlink and rename, so a copy taken between the two calls misses them. tar's own exit code 1
/// says only that something differed.
/// </remarks>
internal sealed class FileCapture(BackupRun run) : IDisposable
{
    private const int Rounds = 3;

    private const int MostNamed = 20;

    private readonly FileSharing _sharing = new(run);
    private readonly FileStamps _stamps = new();
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Entries that have to be read: what find printed of them.</summary>
    private readonly Dictionary<NameKey, byte[]> _toRead = [];

    /// <summary>Ends when every file was read once; never where that fails.</summary>
    public Task Read => _read.Task;

    /// <summary>See <see cref="ManifestListing.FilesListedAt"/>; null until the files are listed.</summary>
    public DateTimeOffset? ListedAt { get; private set; }

    /// <summary>Takes the directories that are there.</summary>
    /// <returns>Their paths in the container.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> wanted = BackupSources.DirectoriesOf(run.Instance.Definition);
        run.Snapshot.Sources.Count(wanted);
        Task opening = Task.Run(() => _sharing.Open(cancellation), CancellationToken.None);
        Task<IReadOnlyList<string>> looking = FindPresentAsync(wanted, cancellation);
        await Task.WhenAll(opening, looking).ConfigureAwait(false);
        IReadOnlyList<string> paths = await looking.ConfigureAwait(false);
        TreeWriter tree = new(run.Snapshot, _sharing.Find);
        ContainerArchive archive = new(run, tree);
        FileFinder finder = new(run, paths);
        await finder.ListAsync(changedAfter: null, Begin, Take, cancellation).ConfigureAwait(false);
        await SettleUnsureAsync(cancellation).ConfigureAwait(false);
        await ReadAsync(archive, cancellation).ConfigureAwait(false);
        _read.TrySetResult();
        await ReadChangedAsync(finder, archive, tree, cancellation).ConfigureAwait(false);
        _sharing.Note();
        return [.. paths];
    }

    /// <inheritdoc/>
    public void Dispose() => _sharing.Dispose();

    /// <summary>For the manifest, when the listing is complete.</summary>
    public IReadOnlyList<ManifestSource> Describe(IReadOnlyList<string> present) =>
    [
        .. BackupSources.DirectoriesOf(run.Instance.Definition).Select(path =>
        {
            (long files, long bytes) = run.Snapshot.Sources.Of(path);
            return new ManifestSource { Path = path, Present = present.Contains(path), Files = files, SizeBytes = bytes };
        }),
    ];

    /// <summary>
    /// Which of the wanted paths are there, and where those lead that are links: find and tar would take the link for all there is.
    /// </summary>
    private async Task<IReadOnlyList<string>> FindPresentAsync(IReadOnlyList<string> directories, CancellationToken cancellation)
    {
        const string Script = """
            for p; do
              if [ -L "$p" ] && [ -e "$p" ]; then printf '%s\n%s\0' "$p" "$(readlink -f -- "$p")"
              elif [ -d "$p" ] || [ -f "$p" ]; then printf '%s\n\0' "$p"
              fi
            done
            """;
        string[] candidates = [.. directories, BackupSources.VersionFileOf(run.Instance.Definition)];
        CommandOutcome outcome = await run.Instance.Exec.RunAsync(Bash.Command(Script, candidates), cancellation).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw BackupErrors.BackupFilesFailed(run.Target, "find", outcome.ExitCode, InstanceErrors.OneLine(outcome.ErrorText));
        }

        List<string> present = [];
        foreach (string[] found in outcome.OutputText.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\n', 2)))
        {
            present.Add(found[0]);
            if (found is [_, ['/', ..] target])
            {
                if (!candidates.Any(other => $"{target}/".StartsWith($"{other}/", StringComparison.Ordinal)))
                {
                    present.Add(target);
                }

                run.Note($"'{found[0]}' is a link to '{target}', whose content is stored.");
            }
        }

        if (!present.Contains(directories[0]))
        {
            throw BackupErrors.BackupSourceMissing(run.Target, directories[0]);
        }

        foreach (string missing in candidates.Except(present))
        {
            run.Note($"The container has no '{missing}'.");
        }

        return present;
    }

    private void Begin(DateTimeOffset? now)
    {
        ListedAt = now;
        _sharing.Begin(now);
    }

    /// <summary>Takes an entry from an earlier snapshot, or keeps it for reading.</summary>
    private void Take(in FoundEntry entry, ReadOnlySpan<byte> record)
    {
        NameKey name = NameKey.Of(entry.Name);
        bool taken = _sharing.TryTake(entry, name, record);
        if (!taken)
        {
            _toRead.TryAdd(name, record.ToArray());
        }

        if (!taken || IsRecent(entry))
        {
            _stamps.Set(name, entry);
        }
    }

    /// <summary>True for what can be among what changed after it was listed.</summary>
    private bool IsRecent(in FoundEntry entry) => ListedAt is not { } at || entry.ChangedTicks >= (at - SameFile.Racy - DateTimeOffset.UnixEpoch).Ticks;

    private async Task SettleUnsureAsync(CancellationToken cancellation)
    {
        if (_sharing.UnsureCount > 0)
        {
            run.Report("comparing files", 0, 0);
            await ContainerHashes.AskAsync(
                run, _sharing.UnsureNames(), (name, sha256) => _sharing.Settle(NameKey.Of(name[1..]), sha256), cancellation).ConfigureAwait(false);
            _sharing.GiveUpUnsure(_toRead);
        }
    }

    private async Task ReadAsync(ContainerArchive archive, CancellationToken cancellation)
    {
        if (_toRead.Count > 0)
        {
            await archive.ReadAsync(_toRead, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ReadChangedAsync(FileFinder finder, ContainerArchive archive, TreeWriter tree, CancellationToken cancellation)
    {
        for (int round = 1; ; round++)
        {
            await ListChangedAsync(finder, archive, tree, cancellation).ConfigureAwait(false);
            if (_toRead.Count == 0)
            {
                return;
            }

            if (round == Rounds)
            {
                NoteUnstable(tree);
                return;
            }

            await ReadAsync(archive, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Finds what has to be read again, and what could not be read though it is there.</summary>
    private async Task ListChangedAsync(FileFinder finder, ContainerArchive archive, TreeWriter tree, CancellationToken cancellation)
    {
        Dictionary<NameKey, byte[]> notBrought = new(_toRead);
        _toRead.Clear();
        bool wentBack = ListedAt is null;
        long? recent = notBrought.Count > 0 || ListedAt is not { } at ? null : (at - SameFile.Racy).ToUnixTimeSeconds();
        await finder.ListAsync(
            recent,
            now => wentBack |= now < ListedAt,
            (in FoundEntry entry, ReadOnlySpan<byte> record) =>
            {
                // A folder changes with every file in it; only what has content of its own is compared.
                NameKey name = NameKey.Of(entry.Name);
                if (entry.Kind is not (SnapshotEntryKind.File or SnapshotEntryKind.Link) || (!IsRecent(entry) && !wentBack && !notBrought.ContainsKey(name)))
                {
                    return;
                }

                bool same = _stamps.Has(name, entry);
                if (same && notBrought.ContainsKey(name))
                {
                    throw BackupErrors.BackupFilesFailed(run.Target, "tar", 0, archive.Error);
                }

                if (!same || !(tree.Has(name) || _sharing.Has(name)))
                {
                    _stamps.Set(name, entry);
                    _toRead.TryAdd(name, record.ToArray());
                }
            },
            cancellation).ConfigureAwait(false);
    }

    private void NoteUnstable(TreeWriter tree)
    {
        foreach ((NameKey name, byte[] record) in _toRead.Take(MostNamed))
        {
            string path = StoredName.ToText(FoundEntry.Parse(record).Name).Text;
            run.Note(tree.Has(name) || _sharing.Has(name)
                ? $"'/{path}' kept changing while it was read: its copy may mix old and new content."
                : $"'/{path}' appeared while the files were read and is not in the snapshot.");
        }

        if (_toRead.Count > MostNamed)
        {
            run.Note(string.Create(CultureInfo.InvariantCulture, $"{_toRead.Count - MostNamed} more files kept changing while they were read."));
        }
    }
}
