using System.Security.Cryptography;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>Makes manifests lie: their checksum agrees with them afterwards.</summary>
internal static class Manifests
{
    public static async Task ChangeAsync(string snapshot, Func<string, string> change)
    {
        string path = Path.Combine(snapshot, SnapshotLayout.Manifest);
        string before = await File.ReadAllTextAsync(path);
        string after = change(before);
        Assert.NotEqual(before, after);
        await File.WriteAllTextAsync(path, after);
        await SealAsync(snapshot);
    }

    public static async Task SealAsync(string snapshot)
    {
        byte[] json = await File.ReadAllBytesAsync(Path.Combine(snapshot, SnapshotLayout.Manifest));
        await File.WriteAllBytesAsync(Path.Combine(snapshot, SnapshotLayout.ManifestChecksum), ManifestFile.ChecksumLine(SHA256.HashData(json)));
    }

    /// <summary>Changes the listing and lets the manifest agree with it.</summary>
    public static async Task ChangeListingAsync(string snapshot, Func<string, string> change)
    {
        string path = Path.Combine(snapshot, SnapshotLayout.Listing);
        byte[] before = await File.ReadAllBytesAsync(path);
        byte[] after = System.Text.Encoding.UTF8.GetBytes(change(System.Text.Encoding.UTF8.GetString(before)));
        Assert.NotEqual(before, after);
        await File.WriteAllBytesAsync(path, after);
        await ChangeAsync(snapshot, text => text
            .Replace(Hash(before), Hash(after))
            .Replace($"\"sizeBytes\": {before.Length},\n    \"sha256\"", $"\"sizeBytes\": {after.Length},\n    \"sha256\""));
    }

    public static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();
}
