using Asterisell.Engine.Instances.Application;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>The checkout that the application is taken from.</summary>
internal sealed class ApplicationSource
{
    private ApplicationSource(string folder, PrivateFiles hidden) => (Folder, Hidden) = (folder, hidden);

    /// <summary>Full path.</summary>
    public string Folder { get; }

    /// <summary>What in it belongs to the operator alone.</summary>
    public PrivateFiles Hidden { get; }

    /// <summary>The checkout for an instance: the folder given, else the inventory's setting, else the inventory's own folder.</summary>
    /// <exception cref="AsterisellException"><c>SourceNotFound</c>.</exception>
    public static ApplicationSource Find(AsterisellInstance instance, string? given)
    {
        string? folder = given ?? instance.Settings.Application.Source ?? Path.GetDirectoryName(instance.InventoryPath);
        return folder is not null && File.Exists(Path.Combine(folder, ApplicationTree.Program))
            ? new ApplicationSource(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), PrivateFiles.Of(instance))
            : throw ReleaseErrors.SourceNotFound(instance, folder);
    }
}
