using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>Counts what each directory of the container brought.</summary>
internal sealed class SourceTotals
{
    private readonly Dictionary<string, (long Files, long Bytes)> _totals = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _directories = [];

    /// <summary>Says which directories to count, by absolute path in the container.</summary>
    public void Count(IReadOnlyList<string> directories) => _directories = directories;

    public void Add(SnapshotEntry entry)
    {
        if (entry.Source is { } source && _directories.FirstOrDefault(directory => IsBelow(source, directory)) is { } found)
        {
            (long files, long bytes) = _totals.GetValueOrDefault(found);
            _totals[found] = (files + 1, bytes + entry.Size);
        }
    }

    public void Clear() => _totals.Clear();

    /// <summary>What a directory brought.</summary>
    public (long Files, long Bytes) Of(string directory) => _totals.GetValueOrDefault(directory);

    private static bool IsBelow(string source, string directory) =>
        source.Length > directory.Length && source[directory.Length] == '/' && source.StartsWith(directory, StringComparison.Ordinal);
}
