using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Repository.State;

/// <summary>The file <c>VERSION</c> of the application, such as <c>Asterisell-5.8</c>; the original's has no line end.</summary>
internal static class VersionFile
{
    private const int MostBytes = 200;

    /// <summary>Its first line; null where there is none.</summary>
    /// <param name="folder">Folder of the application.</param>
    public static string? Read(string folder)
    {
        try
        {
            using FileStream file = File.OpenRead(Path.Combine(folder, "VERSION"));
            byte[] bytes = new byte[MostBytes];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string line = EngineText.OneLine(Encoding.UTF8.GetString(bytes, 0, length).Split('\n')[0]);
            return line.Length == 0 ? null : line;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
