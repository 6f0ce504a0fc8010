namespace Asterisell.Engine.Deployment.Images;

/// <summary>Modes of files in a context: a file system that knows none (Windows) gives the same image as any other.</summary>
internal static class ContextModes
{
    /// <summary>0644.</summary>
    public const UnixFileMode Text = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>0755.</summary>
    public const UnixFileMode Program = Text | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>0777.</summary>
    public const UnixFileMode Link = Program | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
}
