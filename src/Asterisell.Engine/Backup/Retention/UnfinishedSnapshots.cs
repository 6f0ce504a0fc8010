using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;

namespace Asterisell.Engine.Backup.Retention;

/// <summary>What killed runs left in the folder of an instance: hidden, so no damaged backups, and of no use once a newer backup is whole.</summary>
internal static class UnfinishedSnapshots
{
    /// <summary>What is there, with whether it may go.</summary>
    /// <param name="place">Only a folder of this machine is looked into.</param>
    /// <param name="hostName">Host.</param>
    /// <param name="name">Instance.</param>
    /// <param name="newest">The newest whole snapshot; null where there is none.</param>
    public static IEnumerable<RetentionDecision> Of(IBackupTarget place, string hostName, string name, SnapshotId? newest)
    {
        if (place.Folder is not { } root || Path.Combine(root, hostName, name) is var folder && !Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string hidden in SnapshotRemoval.FindHidden(folder))
        {
            yield return Describe(hidden, SnapshotLayout.RemovingPrefix, RetentionOutcome.Removable, "its removal was interrupted");
        }

        foreach (string partial in Directory.GetDirectories(folder, SnapshotLayout.PartialPrefix + "*"))
        {
            bool isDead = SnapshotId.TryParse(Path.GetFileName(partial)[SnapshotLayout.PartialPrefix.Length..], out SnapshotId id) && id < newest;
            yield return isDead
                ? Describe(partial, SnapshotLayout.PartialPrefix, RetentionOutcome.Removable, "never finished, and a newer backup is whole")
                : Describe(partial, SnapshotLayout.PartialPrefix, RetentionOutcome.Kept, "never finished, or being made: the next backup goes on from it or removes it");
        }

        RetentionDecision Describe(string path, string prefix, RetentionOutcome outcome, string reason)
        {
            string text = Path.GetFileName(path)[prefix.Length..].TrimEnd('-');
            return new RetentionDecision
            {
                Name = name,
                HostName = hostName,
                SnapshotId = text,
                Target = place.Definition?.Name,
                Path = path,
                CreatedAt = SnapshotId.TryParse(text, out SnapshotId id) ? id.Time : default,
                State = BackupState.Failed,
                Outcome = outcome,
                Reasons = [reason],
            };
        }
    }
}
