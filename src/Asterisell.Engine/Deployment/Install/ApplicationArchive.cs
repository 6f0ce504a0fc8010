using System.Formats.Tar;
using System.IO.Pipes;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>A checkout as a tar that is made while it is read, so that memory does not grow with it.</summary>
internal static class ApplicationArchive
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    /// <summary>Sends the tar; the sender gets a stream to read it from.</summary>
    /// <param name="source">Checkout.</param>
    /// <param name="target">Folder of the application in the container.</param>
    /// <param name="group">Number of the group that may read it.</param>
    /// <param name="send">Reads the stream to its end.</param>
    /// <param name="cancellation">Ends both sides.</param>
    public static async Task SendAsync(
        ApplicationSource source, string target, int group, Func<Stream, Task> send, CancellationToken cancellation)
    {
        var output = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        var input = new AnonymousPipeClientStream(PipeDirection.In, output.ClientSafePipeHandle);
        Task writing = Task.Run(async () =>
        {
            await using (output.ConfigureAwait(false))
            {
                await WriteAsync(source, target, group, output, cancellation).ConfigureAwait(false);
            }
        }, cancellation);
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await send(input).ConfigureAwait(false);
            }
        }
        catch (Exception) when (writing.IsFaulted)
        {
            // What could not be read here is the cause, not that the archive ended early.
            await writing.ConfigureAwait(false);
            throw;
        }
        finally
        {
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await writing.ConfigureAwait(false);
    }

    private static async Task WriteAsync(ApplicationSource source, string target, int group, Stream output, CancellationToken cancellation)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (FileSystemInfo entry in source.Enumerate())
        {
            cancellation.ThrowIfCancellationRequested();
            await WriteAsync(tar, entry, $"{target}/{source.RelativePath(entry)}".TrimStart('/'), group, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(TarWriter tar, FileSystemInfo entry, string name, int group, CancellationToken cancellation)
    {
        if (entry.LinkTarget is { } target)
        {
            await tar.WriteEntryAsync(Own(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target }), cancellation).ConfigureAwait(false);
        }
        else if (entry is DirectoryInfo)
        {
            await tar.WriteEntryAsync(Own(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = Readable | Executable }), cancellation).ConfigureAwait(false);
        }
        else
        {
            using FileStream content = File.OpenRead(entry.FullName);
            await tar.WriteEntryAsync(Own(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = ModeOf(entry), DataStream = content }), cancellation).ConfigureAwait(false);
        }

        PaxTarEntry Own(PaxTarEntry one)
        {
            one.Gid = group;
            one.ModificationTime = entry.LastWriteTimeUtc;
            return one;
        }
    }

    private static UnixFileMode ModeOf(FileSystemInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? Readable | Executable : Readable;
}
