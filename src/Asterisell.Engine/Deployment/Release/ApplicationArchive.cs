using System.Formats.Tar;
using System.IO.Pipes;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>A release, or a part of it, as a tar that is made while it is read, so that memory does not grow with it.</summary>
internal static class ApplicationArchive
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    /// <summary>Sends the tar; the sender gets a stream to read it from.</summary>
    /// <param name="tree">The release.</param>
    /// <param name="entries">What of it, in the tree's order.</param>
    /// <param name="target">Folder of the application in the container; empty for names below it.</param>
    /// <param name="group">Number of the group that may read it.</param>
    /// <param name="send">Reads the stream to its end.</param>
    /// <param name="cancellation">Ends both sides.</param>
    public static async Task SendAsync(
        ReleaseTree tree, IEnumerable<TreeEntry> entries, string target, int group, Func<Stream, Task> send, CancellationToken cancellation)
    {
        var output = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        var input = new AnonymousPipeClientStream(PipeDirection.In, output.ClientSafePipeHandle);
        Task writing = Task.Run(async () =>
        {
            await using (output.ConfigureAwait(false))
            {
                await WriteAsync(tree, entries, target, group, output, cancellation).ConfigureAwait(false);
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

    private static async Task WriteAsync(
        ReleaseTree tree, IEnumerable<TreeEntry> entries, string target, int group, Stream output, CancellationToken cancellation)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (TreeEntry entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            await WriteAsync(tar, tree, entry, $"{target}/{entry.Path}".TrimStart('/'), group, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(
        TarWriter tar, ReleaseTree tree, TreeEntry entry, string name, int group, CancellationToken cancellation)
    {
        switch (entry.Kind)
        {
            case TreeEntryKind.Link:
                await tar.WriteEntryAsync(Own(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = entry.Target! }), cancellation).ConfigureAwait(false);
                break;
            case TreeEntryKind.Folder:
                await tar.WriteEntryAsync(Own(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = Readable | Executable }), cancellation).ConfigureAwait(false);
                break;
            default:
                FileStream content = tree.Open(entry);
                await using (content.ConfigureAwait(false))
                {
                    UnixFileMode mode = entry.IsExecutable ? Readable | Executable : Readable;
                    await tar.WriteEntryAsync(Own(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = mode, DataStream = content }), cancellation).ConfigureAwait(false);
                }

                break;
        }

        PaxTarEntry Own(PaxTarEntry one)
        {
            one.Gid = group;
            one.ModificationTime = DateTimeOffset.UnixEpoch.AddTicks(entry.ModifiedTicks);
            return one;
        }
    }
}
