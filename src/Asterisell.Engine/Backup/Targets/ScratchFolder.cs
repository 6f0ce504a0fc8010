using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>A private folder for what is fetched to be looked at, gone when it is disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Makes one below a folder that has room for a snapshot.</summary>
    public ScratchFolder(string below)
    {
        Path = System.IO.Path.Combine(below, $".fetched-{System.IO.Path.GetRandomFileName()}");
        PrivateFiles.CreateFolder(Path);
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is private and has a name that says what it is; what led here is the failure to report.
        }
    }
}
