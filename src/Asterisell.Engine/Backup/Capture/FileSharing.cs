using System.Globalization;
using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// Takes into the new snapshot what did not change since an earlier one, or had arrived when a run was killed. Nothing of it is read in the
/// container, but for the hashes of what cannot be decided by times and inodes.
/// </summary>
internal sealed class FileSharing(BackupRun run) : IDisposable
{
    private readonly List<EarlierFiles> _sources = [];
    private readonly Dictionary<NameKey, UnsureFile> _unsure = [];
    private readonly HashSet<NameKey> _taken = [];

    /// <summary>Those among them that take room of their own.</summary>
    private readonly HashSet<NameKey> _unlinked = [];
    private byte[] _folder = [];
    private int _folderLength = -1;
    private long[] _believedUpTo = [];

    /// <summary>Files that look unchanged, and whose content must tell.</summary>
    public int UnsureCount => _unsure.Count;

    /// <summary>Reads the listings of what there is.</summary>
    public void Open(CancellationToken cancellation)
    {
        string into = run.Snapshot.PartialPath;
        if (run.Earlier is { } earlier)
        {
            try
            {
                _sources.Add(EarlierFiles.Of(earlier, into, cancellation));
            }
            catch (Exception damaged) when (damaged is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                run.Note($"Nothing is shared with the snapshot {earlier.Id}: {damaged.Message.TrimEnd('.')}.");
            }
        }

        foreach (string partial in run.Partials)
        {
            try
            {
                _sources.Add(EarlierFiles.OfPartial(partial, into, cancellation));
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // It was killed before it had listed anything.
            }
        }
    }

    /// <summary>Says when the files of the container are listed, by the clock that dates them.</summary>
    public void Begin(DateTimeOffset? now) => _believedUpTo = [.. _sources.Select(source => SameFile.BelievedUpTo(source.ListedAt, now))];

    /// <summary>True when that name is in the snapshot without having been read.</summary>
    public bool Has(NameKey name) => _taken.Contains(name);

    /// <summary>Where the snapshot has a name that was taken; null for others.</summary>
    public TakenPlace? Find(NameKey name) =>
        Has(name) && _sources.Find(source => source.TryFind(name)) is { } source
            ? new TakenPlace(Encoding.UTF8.GetString(source.Line.Path), !_unlinked.Contains(name))
            : null;

    /// <summary>Takes an entry if it did not change.</summary>
    /// <returns>False where it must be read; true where it is taken, or may be once its hash is known.</returns>
    public bool TryTake(in FoundEntry entry, NameKey name, ReadOnlySpan<byte> record)
    {
        for (int i = 0; i < _sources.Count; i++)
        {
            EarlierFiles source = _sources[i];
            if (!source.TryFind(name))
            {
                continue;
            }

            switch (SameFile.Decide(entry, source.Line, _believedUpTo[i]))
            {
                case Sameness.Same when TryTakeSame(source, name):
                    return true;
                case Sameness.Unsure:
                    _unsure.TryAdd(name, new UnsureFile(record.ToArray(), i));
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>The names of files whose hash is wanted: absolute paths, each with a NUL behind it.</summary>
    public Stream UnsureNames() => NameList.Absolute([.. _unsure.Values.Select(file => file.Record)]);

    /// <summary>Takes a file if its content is what was stored.</summary>
    public void Settle(NameKey name, ReadOnlySpan<byte> sha256)
    {
        if (!_unsure.TryGetValue(name, out UnsureFile? file))
        {
            return;
        }

        for (int i = file.Source; i < _sources.Count; i++)
        {
            EarlierFiles source = _sources[i];
            if (source.TryFind(name) && source.Line.Sha256.SequenceEqual(sha256) && TryTakeRenewed(source, name, file.Record))
            {
                _unsure.Remove(name);
                return;
            }
        }
    }

    /// <summary>What no hash has settled must be read.</summary>
    public void GiveUpUnsure(Dictionary<NameKey, byte[]> toRead)
    {
        foreach ((NameKey name, UnsureFile file) in _unsure)
        {
            toRead.TryAdd(name, file.Record);
        }

        _unsure.Clear();
    }

    /// <summary>Says in the manifest what an operator should know.</summary>
    public void Note()
    {
        foreach (EarlierFiles source in _sources)
        {
            if (source.IsPartial)
            {
                run.Note(Text($"An earlier run was killed; {source.Files} files ({BackupErrors.Size(source.Bytes)}) of its unfinished snapshot {source.Name} were taken, the rest was removed."));
            }
            else if (source.Damaged > 0)
            {
                run.Note(Text($"{source.Damaged} files of the snapshot {source.Name} are not as it lists them and were read anew. Test it: Test-AsterisellBackup"));
            }
        }

        if (_sources.Find(source => source.WhyCopied is not null) is { WhyCopied: { } why })
        {
            run.Note(Text($"{_sources.Sum(source => source.Copies)} unchanged files were copied, which takes their room again: the destination can't link them ({why})."));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sources.ForEach(source => source.Dispose());

    private bool TryTakeSame(EarlierFiles source, NameKey name)
    {
        if (!_taken.Add(name))
        {
            return true;
        }

        if (source.Line.Kind == SnapshotEntryKind.Directory)
        {
            run.Snapshot.CreateFolder(Encoding.UTF8.GetString(source.Line.Path));
        }

        bool isFile = source.Line.Kind == SnapshotEntryKind.File;
        if (!isFile || TryTakeFile(source, name))
        {
            run.Snapshot.Add(source.Text, source.Line, shared: isFile && !_unlinked.Contains(name));
            return true;
        }

        _taken.Remove(name);
        return false;
    }

    private bool TryTakeRenewed(EarlierFiles source, NameKey name, byte[] record)
    {
        if (!TryTakeFile(source, name))
        {
            return false;
        }

        _taken.Add(name);
        SnapshotEntry entry = FoundEntry.Parse(record).Renew(FileListing.Parse(source.Text, line: 0));
        if (_unlinked.Contains(name))
        {
            run.Snapshot.Add(entry);
        }
        else
        {
            run.Snapshot.AddShared(entry);
        }

        return true;
    }

    private bool TryTakeFile(EarlierFiles source, NameKey name)
    {
        CreateFolderOf(source.Line.Path);
        try
        {
            ShareOutcome outcome = source.Take();
            if (outcome == ShareOutcome.Copied || source.IsPartial)
            {
                _unlinked.Add(name);
            }

            return outcome is ShareOutcome.Linked or ShareOutcome.Copied;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(run.Target, run.Snapshot.PartialPath, failure);
        }
    }

    /// <summary>find lists a folder's files one after another: its folder is mostly there.</summary>
    private void CreateFolderOf(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> folder = path[..Math.Max(0, path.LastIndexOf((byte)'/'))];
        if (_folderLength == folder.Length && _folder.AsSpan(0, _folderLength).SequenceEqual(folder))
        {
            return;
        }

        run.Snapshot.CreateFolder(Encoding.UTF8.GetString(folder));
        if (_folder.Length < folder.Length)
        {
            _folder = new byte[folder.Length * 2];
        }

        folder.CopyTo(_folder);
        _folderLength = folder.Length;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Record">What find printed of it.</param>
    /// <param name="Source">The first of the sources that may have it.</param>
    private sealed record UnsureFile(byte[] Record, int Source);
}
