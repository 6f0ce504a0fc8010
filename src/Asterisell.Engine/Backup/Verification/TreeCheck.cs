using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Verification;

/// <summary>Compares the listing with what is in the folder: presence, sizes, privacy, nothing besides.</summary>
internal sealed class TreeCheck(string folder, FindingList findings)
{
    private readonly HashSet<NameKey> _listed = [];
    private long _entries;
    private long _files;
    private long _bytes;

    /// <summary>Takes the next entry of the listing.</summary>
    /// <returns>True when its file can be read further.</returns>
    public bool Check(SnapshotEntry entry)
    {
        _entries++;
        if (!SnapshotPath.IsSafe(entry.Path))
        {
            findings.Fail(SnapshotLayout.Listing, $"an entry leads out of the snapshot: '{entry.Path}'");
            return false;
        }

        if (!_listed.Add(KeyOf(entry.Path)))
        {
            findings.Fail(entry.Path, "it is listed twice");
            return false;
        }

        switch (entry.Kind)
        {
            case SnapshotEntryKind.File:
                _files++;
                _bytes += entry.Size;
                return CheckFile(entry);
            case SnapshotEntryKind.Directory:
                if (!Directory.Exists(SnapshotPath.Combine(folder, entry.Path)))
                {
                    findings.Fail(entry.Path, "the folder is missing");
                }

                return false;
            default:
                return false;
        }
    }

    /// <summary>Compares the sums with the manifest and looks for what is not listed; after the last entry.</summary>
    public void Complete(ManifestListing listing)
    {
        Compare("entries", listing.Entries, _entries);
        Compare("files", listing.Files, _files);
        Compare("bytes", listing.FilesSizeBytes, _bytes);
        foreach (string own in new[] { SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum, SnapshotLayout.Listing })
        {
            _listed.Add(KeyOf(own));
        }

        foreach (FileSystemInfo found in Walk())
        {
            string path = Path.GetRelativePath(folder, found.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (found is DirectoryInfo && found.LinkTarget is null)
            {
                RemarkMode(path, found, "folder");
            }
            else if (!_listed.Contains(KeyOf(path)))
            {
                findings.Remark(path, "it is not in the listing");
            }
        }

        void Compare(string what, long expected, long actual)
        {
            if (expected != actual)
            {
                findings.Fail(SnapshotLayout.Listing, $"the number of {what} is not the manifest's", expected, actual);
            }
        }
    }

    /// <summary>Whether a path was listed.</summary>
    public bool IsListed(string path) => _listed.Contains(KeyOf(path));

    private bool CheckFile(SnapshotEntry entry)
    {
        FileInfo file = new(SnapshotPath.Combine(folder, entry.Path));
        if (file.LinkTarget is not null || Directory.Exists(file.FullName))
        {
            findings.Fail(entry.Path, "it is not a plain file");
            return false;
        }

        if (!file.Exists)
        {
            findings.Fail(entry.Path, "the file is missing");
            return false;
        }

        RemarkMode(entry.Path, file, "file");
        if (file.Length != entry.Size)
        {
            findings.Fail(entry.Path, "its size is wrong", entry.Size, file.Length);
            return false;
        }

        return true;
    }

    private void RemarkMode(string path, FileSystemInfo found, string kind)
    {
        const UnixFileMode Others =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && (found.UnixFileMode & Others) != 0)
        {
            findings.Remark(path, $"other accounts may use this {kind}", kind == "file" ? "0600" : "0700", Convert.ToString((int)found.UnixFileMode, 8).PadLeft(4, '0'));
        }
    }

    /// <summary>Everything below the folder; links are named and not followed.</summary>
    private IEnumerable<FileSystemInfo> Walk()
    {
        Stack<DirectoryInfo> left = new([new DirectoryInfo(folder)]);
        while (left.TryPop(out DirectoryInfo? next))
        {
            foreach (FileSystemInfo found in next.EnumerateFileSystemInfos())
            {
                if (found is DirectoryInfo below && found.LinkTarget is null)
                {
                    left.Push(below);
                }

                yield return found;
            }
        }
    }

    private static NameKey KeyOf(string path) => NameKey.Of(Encoding.UTF8.GetBytes(path));
}
