using System.Collections.Concurrent;
using Asterisell.Engine.Inventory;

namespace Asterisell.PowerShell.Module;

/// <summary>
/// Inventories as last read. A file is read again when its size or time of writing differs, so that a prompt's completions cost no parsing
/// and no edit is missed.
/// </summary>
internal static class InventoryCache
{
    private static readonly ConcurrentDictionary<string, Entry> Entries = new(StringComparer.Ordinal);

    /// <summary>What the file at a full path holds now.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isNew">True when it was not known yet in this form.</param>
    internal static InventoryReadResult Read(string path, out bool isNew)
    {
        var file = new FileInfo(path);
        var stamp = new Stamp(file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
        isNew = !Entries.TryGetValue(path, out Entry? entry) || entry.Stamp != stamp;
        if (isNew)
        {
            entry = new Entry(stamp, InventoryReader.Read(path));
            Entries[path] = entry;
        }

        return entry!.Result;
    }

    private sealed record Stamp(long Length, DateTime WrittenAt);

    private sealed record Entry(Stamp Stamp, InventoryReadResult Result);
}
