using Asterisell.Engine.Instances.Application;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>The checkout that the application is taken from, and what of it goes into an instance.</summary>
internal sealed class ApplicationSource
{
    /// <summary>The program whose presence makes a folder an application; it is put in its place last.</summary>
    public const string Program = ApplicationTree.Program;

    private ApplicationSource(string folder) => Folder = folder;

    /// <summary>Full path.</summary>
    public string Folder { get; }

    /// <summary>The checkout for an instance: the folder given, else the inventory's setting, else the inventory's own folder.</summary>
    /// <exception cref="AsterisellException"><c>SourceNotFound</c>.</exception>
    public static ApplicationSource Find(AsterisellInstance instance, string? given)
    {
        string? folder = given ?? instance.Settings.Application.Source ?? Path.GetDirectoryName(instance.InventoryPath);
        return folder is not null && File.Exists(Path.Combine(folder, Program))
            ? new ApplicationSource(Path.GetFullPath(folder))
            : throw InstallErrors.SourceNotFound(instance, folder);
    }

    /// <summary>Everything to be transferred but <see cref="Program"/>, folders before what is in them; links are not followed.</summary>
    public IEnumerable<FileSystemInfo> Enumerate() => Enumerate(new DirectoryInfo(Folder));

    /// <summary>Path below the checkout, with slashes.</summary>
    public string RelativePath(FileSystemInfo entry) => Path.GetRelativePath(Folder, entry.FullName).Replace('\\', '/');

    private IEnumerable<FileSystemInfo> Enumerate(DirectoryInfo folder)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (!IsWanted(entry))
            {
                continue;
            }

            yield return entry;
            if (entry is DirectoryInfo { LinkTarget: null } inner)
            {
                foreach (FileSystemInfo below in Enumerate(inner))
                {
                    yield return below;
                }
            }
        }
    }

    private bool IsWanted(FileSystemInfo entry)
    {
        string path = RelativePath(entry);
        return path != Program && ApplicationTree.IsDeployed(path);
    }
}
