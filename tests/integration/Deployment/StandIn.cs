using System.Formats.Tar;
using System.Runtime.CompilerServices;

namespace Asterisell.Tests.Integration.Deployment;

/// <summary>The stand-in's application, as a checkout of the original would be.</summary>
internal static class StandIn
{
    public static Stream Tar([CallerFilePath] string file = "")
    {
        string folder = Path.GetFullPath(Path.Combine(file, "../../../lab/image/rootfs/usr/share/asterisell-lab/app"));
        var tar = new MemoryStream();
        TarFile.CreateFromDirectory(folder, tar, includeBaseDirectory: false);
        tar.Position = 0;
        return tar;
    }
}
