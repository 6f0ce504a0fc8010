using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Stores;

namespace Asterisell.Engine.Backup.Targets.Preparation;

/// <summary>A tiny snapshot of nothing, to see whether a target gives back what it took. Its names are none that a list shows.</summary>
internal static class ProbeTree
{
    /// <summary>In place of the host's name.</summary>
    public const string Host = ".asterisell-test";

    /// <summary>Names that are not simple, and contents that no text is.</summary>
    private static readonly (string Path, byte[] Content)[] Files =
    [
        ("files/etc/plain", "plain\n"u8.ToArray()),
        ("files/etc/with blanks, [brackets] and ümläuts", [0, 255, 10, 13]),
        ("database/random.gz", RandomNumberGenerator.GetBytes(40_000)),
        ("files/etc/empty", []),
    ];

    /// <summary>Which one it is.</summary>
    public static SnapshotName NameOf(DateTimeOffset now) => new(Host, "probe", SnapshotId.From(now).ToString());

    /// <summary>Writes it into an empty folder.</summary>
    public static void Write(string folder)
    {
        using FileStream listing = PrivateFiles.Create(Path.Combine(folder, SnapshotLayout.Listing), FileMode.Create);
        foreach ((string path, byte[] content) in Files)
        {
            Put(folder, path, content);
            listing.Write(FileListing.ToLine(new SnapshotEntry
            {
                Path = path,
                Kind = SnapshotEntryKind.File,
                Size = content.Length,
                Sha256 = Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant(),
            }));
        }

        byte[] manifest = Encoding.UTF8.GetBytes($"{{\"probe\":{JsonSerializer.Serialize(Environment.MachineName)}}}\n");
        Put(folder, SnapshotLayout.Manifest, manifest);
        Put(folder, SnapshotLayout.ManifestChecksum, ManifestFile.ChecksumLine(SHA256.HashData(manifest)));
    }

    /// <summary>What came back otherwise than it was written; null when all is the same.</summary>
    public static string? FindDifference(string written, string back)
    {
        string[] there = [.. Relative(back)];
        foreach (string path in Relative(written))
        {
            if (!there.Contains(path))
            {
                return $"'{path}' did not come back";
            }

            if (!File.ReadAllBytes(Path.Combine(written, path)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(back, path))))
            {
                return $"'{path}' came back changed";
            }
        }

        return null;
    }

    private static IEnumerable<string> Relative(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path));

    private static void Put(string folder, string path, byte[] content)
    {
        string full = SnapshotPath.Combine(folder, path);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(full)!);
        using FileStream file = PrivateFiles.Create(full, FileMode.Create);
        file.Write(content);
    }
}
