using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>Reads the manifest of a snapshot that somebody else wrote, or damaged.</summary>
internal static class ManifestFile
{
    /// <summary>A manifest has a line for each table and each day; decades of an instance are a few megabytes.</summary>
    private const int LargestManifest = 64 * 1024 * 1024;

    /// <summary>The content of <c>manifest.sha256</c>, so that <c>sha256sum -c</c> reads it too.</summary>
    public static byte[] ChecksumLine(ReadOnlySpan<byte> sha256) =>
        Encoding.ASCII.GetBytes($"{Convert.ToHexString(sha256).ToLowerInvariant()}  {SnapshotLayout.Manifest}\n");

    /// <summary>The manifest and its SHA-256, or why there is none that can be believed.</summary>
    public static async Task<ManifestReading> ReadAsync(string folder, CancellationToken cancellation)
    {
        byte[] json;
        byte[] checksum;
        try
        {
            json = await ReadSmallAsync(folder, SnapshotLayout.Manifest, LargestManifest, cancellation).ConfigureAwait(false);
            checksum = await ReadSmallAsync(folder, SnapshotLayout.ManifestChecksum, 4096, cancellation).ConfigureAwait(false);
        }
        catch (FileNotFoundException missing)
        {
            return ManifestReading.Damaged(missing.FileName ?? SnapshotLayout.Manifest, "the file is missing");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ManifestReading.Damaged(SnapshotLayout.Manifest, $"it can't be read: {failure.Message.TrimEnd('.')}");
        }

        byte[] hash = SHA256.HashData(json);
        return checksum.AsSpan().SequenceEqual(ChecksumLine(hash))
            ? Parse(json, Convert.ToHexString(hash).ToLowerInvariant(), json.Length + checksum.Length)
            : ManifestReading.Damaged(SnapshotLayout.Manifest, $"it does not agree with its checksum in {SnapshotLayout.ManifestChecksum}");
    }

    private static ManifestReading Parse(byte[] json, string sha256, long size)
    {
        SnapshotManifest? manifest;
        try
        {
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                if ((WhyUnknown(document.RootElement) ?? ManifestShape.WhyImpossible(document.RootElement)) is { } why)
                {
                    return ManifestReading.Damaged(SnapshotLayout.Manifest, why);
                }
            }

            manifest = JsonSerializer.Deserialize(json, BackupJson.Default.SnapshotManifest);
        }
        catch (JsonException broken)
        {
            return ManifestReading.Damaged(SnapshotLayout.Manifest, $"it is not a manifest: {broken.Message.TrimEnd('.')}");
        }

        return manifest is null
            ? ManifestReading.Damaged(SnapshotLayout.Manifest, "it is empty")
            : new ManifestReading(manifest, sha256, size, null);
    }

    private static string? WhyUnknown(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String
            || format.GetString() != SnapshotManifest.FormatName)
        {
            return "it is not the manifest of an Asterisell snapshot";
        }

        if (!root.TryGetProperty("formatVersion", out JsonElement version) || !version.TryGetInt32(out int number))
        {
            return "it does not say its format version";
        }

        return number == SnapshotManifest.CurrentVersion
            ? null
            : $"its format version is {number}, this module reads version {SnapshotManifest.CurrentVersion}: a newer module is needed";
    }

    private static async Task<byte[]> ReadSmallAsync(string folder, string name, int limit, CancellationToken cancellation)
    {
        FileInfo file = new(Path.Combine(folder, name));
        if (!file.Exists)
        {
            throw new FileNotFoundException("missing", name);
        }

        if (file.LinkTarget is not null)
        {
            throw new InvalidDataException($"{name} is a link");
        }

        if (file.Length > limit)
        {
            throw new InvalidDataException($"{name} is larger than {limit} bytes");
        }

        return await File.ReadAllBytesAsync(file.FullName, cancellation).ConfigureAwait(false);
    }
}

/// <summary>A manifest, or why there is none.</summary>
/// <param name="Manifest">The manifest; null when damaged.</param>
/// <param name="Sha256">SHA-256 of its file; empty when damaged.</param>
/// <param name="SizeBytes">Bytes of manifest and checksum; 0 when damaged.</param>
/// <param name="Damage">What is wrong; null when nothing is.</param>
internal sealed record ManifestReading(SnapshotManifest? Manifest, string Sha256, long SizeBytes, BackupFinding? Damage)
{
    public static ManifestReading Damaged(string file, string why) => new(null, string.Empty, 0, new BackupFinding(true, file, why));
}
