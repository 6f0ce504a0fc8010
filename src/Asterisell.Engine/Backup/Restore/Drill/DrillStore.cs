using System.Text.Json;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Verification;

namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>Keeps verdict and evidence of drills beside the snapshots, and knows whose turn it is.</summary>
public static class DrillStore
{
    /// <summary>When a backup of an instance was last restored in a drill, passed or not (UTC); null where none ever was.</summary>
    /// <param name="backup">Any backup of that instance in a folder of this machine.</param>
    public static DateTimeOffset? FindLast(AsterisellBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        string verdicts = Path.Combine(Path.GetDirectoryName(backup.Path) ?? string.Empty, SnapshotLayout.VerdictFolder);
        try
        {
            return new DirectoryInfo(verdicts).EnumerateFiles($"*{Suffix}").Select(file => (DateTimeOffset?)file.LastWriteTimeUtc).Max();
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private const string Suffix = ".drill.json";

    /// <summary>Keeps both. A destination that can only be read keeps none; the drill is worth the same.</summary>
    internal static async Task KeepAsync(BackupVerdict verdict, string manifestSha256, DrillEvidence evidence, CancellationToken cancellation)
    {
        string? folder = Path.GetDirectoryName(verdict.Path);
        if (folder is null || !SnapshotId.TryParse(verdict.SnapshotId, out SnapshotId id))
        {
            return;
        }

        StoredVerdict stored = new(
            verdict.SnapshotId, manifestSha256, verdict.Level, verdict.Passed, verdict.TestedAt, verdict.Findings.Count(finding => finding.IsFailure));
        if (await VerdictStore.TryKeepAsync(folder, id, stored, cancellation).ConfigureAwait(false))
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(evidence, BackupJson.Default.DrillEvidence);
            await PrivateFiles.ReplaceAsync(Path.Combine(folder, SnapshotLayout.VerdictFolder, id + Suffix), json, cancellation).ConfigureAwait(false);
        }
    }
}
