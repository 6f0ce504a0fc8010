using System.Formats.Tar;

namespace Asterisell.Engine.Deployment.Containers;

/// <summary>A file or folder to be put into a container.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Content">The whole file; null for a folder.</param>
/// <param name="Owner">User, by name or number.</param>
/// <param name="Group">Group, by name or number.</param>
/// <param name="Mode">Mode.</param>
internal sealed record NewEntry(string Path, ReadOnlyMemory<byte>? Content, string Owner, string Group, UnixFileMode Mode)
{
    private const UnixFileMode EverybodyReads =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>A folder of root's that everybody may read.</summary>
    public static NewEntry Folder(string path) => new(path, null, "root", "root", EverybodyReads);

    public TarEntry ToTar(UnixAccounts accounts)
    {
        string name = Path.TrimStart('/');
        var entry = new PaxTarEntry(Content is null ? TarEntryType.Directory : TarEntryType.RegularFile, Content is null ? name + "/" : name)
        {
            Uid = accounts.UserId(Owner),
            Gid = accounts.GroupId(Group),
            Mode = Mode,
            ModificationTime = DateTimeOffset.UtcNow,
        };
        if (Content is { } content)
        {
            entry.DataStream = new MemoryStream(content.ToArray());
        }

        return entry;
    }
}
