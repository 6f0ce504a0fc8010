using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances.Application;

namespace Asterisell.Tests.Unit.Deployment.Release;

/// <summary>A small checkout on disk, for as long as a test runs.</summary>
internal sealed class CheckoutFolder : IDisposable
{
    public CheckoutFolder()
    {
        Write(ApplicationTree.Program, "<?php");
        Write("VERSION", "Asterisell-5.8");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("checkout").FullName;

    public static AsterisellInstance Instance => new() { Name = "billing", Host = new AsterisellHost { Name = "local", Endpoint = new Uri("unix:///x") } };

    public string Write(string path, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, mode);
        }

        return full;
    }

    public ReleaseTree Read(AsterisellInstance? instance = null) =>
        ReleaseTree.Read(ApplicationSource.Find(instance ?? Instance, Folder), CancellationToken.None);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
