using System.Text;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>Counts what each directory of the container brought.</summary>
internal sealed class SourceTotals
{
    private (string Path, byte[] Prefix)[] _directories = [];
    private (long Files, long Bytes)[] _totals = [];

    /// <summary>Says which directories to count, by absolute path in the container.</summary>
    public void Count(IReadOnlyList<string> directories)
    {
        _directories = [.. directories.Select(directory => (directory, Encoding.UTF8.GetBytes(directory + '/')))];
        Clear();
    }

    /// <summary>Counts a file.</summary>
    /// <param name="source">Bytes of its absolute path in the container.</param>
    /// <param name="size">Bytes.</param>
    public void Add(ReadOnlySpan<byte> source, long size)
    {
        for (int i = 0; i < _directories.Length; i++)
        {
            if (source.StartsWith(_directories[i].Prefix))
            {
                _totals[i] = (_totals[i].Files + 1, _totals[i].Bytes + size);
                return;
            }
        }
    }

    public void Clear() => _totals = new (long, long)[_directories.Length];

    /// <summary>What a directory brought.</summary>
    public (long Files, long Bytes) Of(string directory) =>
        Array.FindIndex(_directories, known => known.Path == directory) is >= 0 and int found ? _totals[found] : default;
}
