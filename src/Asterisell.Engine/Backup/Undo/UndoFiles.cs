using System.Text.RegularExpressions;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>Former states as files of this machine, for their owner alone: they hold password hashes.</summary>
internal static partial class UndoFiles
{
    /// <summary>Writes a file beside its name and renames it there, so that it is there whole or not at all.</summary>
    /// <param name="folder">Is made where it is missing.</param>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="AsterisellException"><c>UndoFileNotWritten</c>.</exception>
    public static async Task<string> WriteAsync(string folder, string name, Func<Stream, Task> write)
    {
        string path = Path.Combine(Path.GetFullPath(folder), Unsafe().Replace(name, "_"));
        string beside = path + ".new";
        try
        {
            PrivateFiles.CreateFolder(Path.GetFullPath(folder));
            FileStream file = PrivateFiles.Create(beside, FileMode.Create);
            await using (file.ConfigureAwait(false))
            {
                await write(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            return path;
        }
        catch (Exception failure)
        {
            TryDelete(beside);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw UndoErrors.UndoFileNotWritten(path, failure.Message, failure);
            }

            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What led here is told.
        }
    }

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex Unsafe();
}
