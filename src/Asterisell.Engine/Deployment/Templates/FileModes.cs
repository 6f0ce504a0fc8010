namespace Asterisell.Engine.Deployment.Templates;

/// <summary>The few modes that files of an instance have.</summary>
internal static class FileModes
{
    /// <summary>0644.</summary>
    public const UnixFileMode Everybody = GroupRead | UnixFileMode.OtherRead;

    /// <summary>0640.</summary>
    public const UnixFileMode GroupRead = OwnerOnly | UnixFileMode.GroupRead;

    /// <summary>0600.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0750 of a folder.</summary>
    public const UnixFileMode GroupFolder = OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>0770 of a folder.</summary>
    public const UnixFileMode SharedFolder = GroupFolder | UnixFileMode.GroupWrite;
}
