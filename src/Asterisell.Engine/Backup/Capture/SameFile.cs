using System.Globalization;
using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Whether a file of the container is still what an earlier listing says of it.</summary>
/// <remarks>
/// The system sets the change time with every change of content, name or rights, and nobody can set it back but by the clock: where it, device
/// and inode are the same, so is the file. Two things weaken that. A file can be changed twice within one tick of the clock, so a time just
/// before it was listed proves nothing (git calls such files racy). And a clock can go back. A container that was made anew has other inodes for
/// the same files. In all these cases its content is asked.
/// </remarks>
internal static class SameFile
{
    /// <summary>Coarser than the times of any file system: two seconds are FAT's.</summary>
    public static readonly TimeSpan Racy = TimeSpan.FromSeconds(3);

    /// <summary>Up to which change time the stamps of a listing can be believed; ticks of 100 ns since 1970.</summary>
    /// <param name="listedAt">When the earlier listing was made, by the clock that dates the files; null where that is not known.</param>
    /// <param name="now">When the new one is made.</param>
    public static long BelievedUpTo(DateTimeOffset? listedAt, DateTimeOffset? now) =>
        listedAt is { } before && now >= before ? (before - Racy - DateTimeOffset.UnixEpoch).Ticks : long.MinValue;

    /// <summary>Decides.</summary>
    /// <param name="now">The file.</param>
    /// <param name="before">What was listed under the same name.</param>
    /// <param name="believedUpTo">See <see cref="BelievedUpTo"/>.</param>
    public static Sameness Decide(in FoundEntry now, ListedLine before, long believedUpTo)
    {
        bool isFile = now.Kind == SnapshotEntryKind.File;
        if (now.Kind != before.Kind || (isFile && now.Size != before.Size))
        {
            return Sameness.Changed;
        }

        if (now.ChangedTicks < believedUpTo && now.Stamp.SequenceEqual(before.Stamp))
        {
            return Sameness.Same;
        }

        return isFile && HasTime(before, now.ModifiedAt) ? Sameness.Unsure : Sameness.Changed;
    }

    private static bool HasTime(ListedLine before, DateTimeOffset modifiedAt) =>
        DateTimeOffset.TryParse(Encoding.ASCII.GetString(before.ModifiedAt), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset known)
        && known == modifiedAt;
}

/// <summary>How sure it is that a file did not change.</summary>
internal enum Sameness
{
    /// <summary>It did not.</summary>
    Same,

    /// <summary>It looks so; its content must tell.</summary>
    Unsure,

    /// <summary>It did, or what it is besides a file did.</summary>
    Changed,
}
