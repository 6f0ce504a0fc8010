namespace Asterisell.Engine.Backup.Restore.Files;

/// <summary>A directory of the container that files of a backup go into.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Mode">What becomes of what is there.</param>
internal sealed record FilePlace(string Path, FilePlaceMode Mode);

/// <summary>What becomes of the files that a directory has.</summary>
internal enum FilePlaceMode
{
    /// <summary>It becomes what the backup has: what the backup has not, goes.</summary>
    Replace,

    /// <summary>Files of the backup take the place of those of the same name; others stay.</summary>
    Overlay,

    /// <summary>Only what is missing is added.</summary>
    Add,
}
