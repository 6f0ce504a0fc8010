using System.Globalization;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// Takes the directories of the container. They are listed before and after they are read: what changed meanwhile, appeared, or was
/// replaced just when tar came by, is read again; what keeps changing is named.
/// </summary>
/// <remarks>
/// The application replaces its daily dumps by unlink and rename, so a copy taken between the two calls misses them. tar's own exit code 1
/// says only that something differed.
/// </remarks>
internal sealed class FileCapture(BackupRun run)
{
    private const int Rounds = 3;

    /// <summary>tar's exit code for files that changed or went away while it read.</summary>
    private const int SomeDiffer = 1;

    private const int MostNamed = 20;

    private static readonly Dictionary<string, string> Plain = new() { ["LC_ALL"] = "C" };

    private readonly TreeWriter _tree = new(run.Snapshot);
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;

    /// <summary>Ends when every file was read once; never where that fails.</summary>
    public Task Read => _read.Task;

    /// <summary>See <see cref="ManifestListing.FilesListedAt"/>; null until the files are listed.</summary>
    public DateTimeOffset? ListedAt { get; private set; }

    /// <summary>Takes the directories that are there.</summary>
    /// <returns>Their paths in the container.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> wanted = BackupSources.DirectoriesOf(run.Instance.Definition);
        IReadOnlyList<string> paths = await FindPresentAsync(wanted, cancellation).ConfigureAwait(false);
        run.Snapshot.Sources.Count(wanted);
        FileStamps before = await StampAsync(paths, null, cancellation).ConfigureAwait(false);
        await ReadAsync([.. paths.Select(path => path[1..])], null, cancellation).ConfigureAwait(false);
        _read.TrySetResult();
        await ReadChangedAsync(paths, before, cancellation).ConfigureAwait(false);
        return [.. paths];
    }

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

    private async Task ReadChangedAsync(IReadOnlyList<string> paths, FileStamps before, CancellationToken cancellation)
    {
        for (int round = 1; ; round++)
        {
            List<byte[]> changed = [];
            FileStamps after = await StampAsync(
                paths,
                (name, key, stamp) =>
                {
                    if (!before.Has(key, stamp) || !_tree.Has(key))
                    {
                        changed.Add(name.ToArray());
                    }
                },
                cancellation).ConfigureAwait(false);
            if (changed.Count == 0)
            {
                return;
            }

            if (round == Rounds)
            {
                NoteUnstable(changed);
                return;
            }

            await ReadAsync([], changed, cancellation).ConfigureAwait(false);
            before = after;
        }
    }

    private void NoteUnstable(List<byte[]> changed)
    {
        foreach (byte[] name in changed.Take(MostNamed))
        {
            string path = StoredName.ToText(name).Text;
            run.Note(_tree.Has(NameKey.Of(name))
                ? $"'/{path}' kept changing while it was read: its copy may mix old and new content."
                : $"'/{path}' appeared while the files were read and is not in the snapshot.");
        }

        if (changed.Count > MostNamed)
        {
            run.Note(string.Create(CultureInfo.InvariantCulture, $"{changed.Count - MostNamed} more files kept changing while they were read."));
        }
    }

    private async Task<FileStamps> StampAsync(IReadOnlyList<string> paths, FileStamps.FoundFile? onEntry, CancellationToken cancellation)
    {
        InstanceCommand command = new(["find", .. paths, "-printf", FileStamps.FindFormat]) { Environment = Plain };
        IExecProcess process = await run.Instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            ExecOutput output = new(process, cancellation);
            await using (output.ConfigureAwait(false))
            {
                try
                {
                    // A file that goes away under it makes find end with 1; what it lists is compared with what tar stored anyway.
                    return await FileStamps.ReadAsync(output, onEntry, cancellation).ConfigureAwait(false);
                }
                catch (InvalidDataException broken)
                {
                    throw BackupErrors.BackupArchiveInvalid(run.Target, broken.Message);
                }
            }
        }
    }

    /// <summary>Runs tar over directories, or over single names, and stores what it brings.</summary>
    private async Task ReadAsync(IReadOnlyList<string> directories, List<byte[]>? names, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "tar", "--create", "--file=-", "--format=gnu", "--hard-dereference", "--directory=/",
            // A file that goes away between list and reading is no failure; one that can't be read at all was one in the first round.
            .. names is null ? ["--", .. directories] : new[] { "--no-recursion", "--ignore-failed-read", "--null", "--files-from=-" },
        ];
        InstanceCommand command = new(arguments) { Environment = Plain, AttachInput = names is not null };
        IExecProcess process = await run.Instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            InputFeed feed = InputFeed.Start(process, names is null ? null : new MemoryStream(Join(names)), cancellation);
            await using (feed.ConfigureAwait(false))
            {
                await StoreAsync(process, again: names is not null, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task StoreAsync(IExecProcess process, bool again, CancellationToken cancellation)
    {
        ExecOutput output = new(process, cancellation);
        await using (output.ConfigureAwait(false))
        {
            string? broken = await StoreAsync(output, again, cancellation).ConfigureAwait(false);
            int exitCode = broken is null || output.HasEnded ? await process.GetExitCodeAsync(cancellation).ConfigureAwait(false) : 0;
            if (exitCode is not (0 or SomeDiffer))
            {
                throw BackupErrors.BackupFilesFailed(run.Target, "tar", exitCode, InstanceErrors.OneLine(output.Error));
            }

            if (broken is not null)
            {
                throw BackupErrors.BackupArchiveInvalid(run.Target, broken);
            }
        }
    }

    /// <summary>Stores a tar.</summary>
    /// <returns>What is wrong with it; null when nothing is. tar's exit code, which may tell why, is known only afterwards.</returns>
    private async Task<string?> StoreAsync(ExecOutput output, bool again, CancellationToken cancellation)
    {
        try
        {
            await _tree.StoreAsync(output, again, Count, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (InvalidDataException broken)
        {
            return broken.Message;
        }
    }

    private void Count(SnapshotEntry entry)
    {
        _bytes += entry.Size;
        run.Report("reading the files", _bytes, 0);
    }

    private static byte[] Join(List<byte[]> names)
    {
        using MemoryStream joined = new();
        foreach (byte[] name in names)
        {
            joined.Write(name);
            joined.WriteByte(0);
        }

        return joined.ToArray();
    }
}
