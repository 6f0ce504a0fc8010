using System.Runtime.CompilerServices;
using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Files of a running instance as a tar with other names, passed on as they come.</summary>
internal static class LiveFiles
{
    private const int BufferSize = 128 * 1024;

    /// <summary>tar's code for a file that changed while it was read.</summary>
    private const int SomeDiffer = 1;

    private static readonly Dictionary<string, string> Plain = new() { ["LC_ALL"] = "C" };

    /// <summary>The tar.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="rename">Gives the absolute path that an entry gets; null leaves it out.</param>
    /// <exception cref="InvalidDataException">What comes is no sound tar.</exception>
    public static Stream Open(IInstance instance, Func<SnapshotEntry, string?> rename) => new ChunkStream(ReadAsync(instance, rename));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        IInstance instance, Func<SnapshotEntry, string?> rename, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] buffer = new byte[BufferSize];
        foreach (string directory in BackupSources.DirectoriesOf(instance.Definition))
        {
            if (rename(Entry(directory)) is not { } place
                || await instance.Files.FindAsync(directory, cancellation).ConfigureAwait(false) is not { Kind: InstanceFileKind.Directory })
            {
                continue;
            }

            string[] arguments =
            [
                "tar", "--create", "--file=-", "--format=gnu", "--hard-dereference", "--ignore-failed-read", "--directory=/", "--", directory[1..],
            ];
            IExecProcess process = await instance.Exec
                .StartAsync(new InstanceCommand(arguments) { Environment = Plain }, cancellation).ConfigureAwait(false);
            await using (process.ConfigureAwait(false))
            {
                ExecOutput output = new(process, cancellation);
                await using (output.ConfigureAwait(false))
                {
                    TarReader reader = new(output);
                    while (await reader.NextAsync(cancellation).ConfigureAwait(false) is { } entry)
                    {
                        ReadOnlySpan<byte> name = entry.Name.AsSpan().TrimEnd((byte)'/');
                        if (TypeOf(entry.Kind) is not { } type || rename(Entry(StoredName.ToText([(byte)'/', .. name]).Text)) is null)
                        {
                            continue;
                        }

                        // The directory's own part of the name is text; what follows is taken as the bytes that it is.
                        int known = Encoding.UTF8.GetByteCount(directory) - 1;
                        byte[] renamed = [.. Encoding.UTF8.GetBytes(place[1..]), .. name[known..]];
                        yield return TarEntries.Head(Describe(entry, type, renamed));
                        int read;
                        while ((read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                        {
                            yield return buffer.AsMemory(0, read);
                        }

                        yield return new byte[TarEntries.Padding(entry.Size)];
                    }

                    int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                    if (exitCode is not (0 or SomeDiffer))
                    {
                        throw BackupErrors.BackupFilesFailed(instance.Definition.ToString(), "tar", exitCode, InstanceErrors.OneLine(output.Error));
                    }
                }
            }
        }

        yield return TarEntries.End;
    }

    private static byte? TypeOf(TarEntryKind kind) => kind switch
    {
        TarEntryKind.File => (byte)'0',
        TarEntryKind.SymbolicLink => (byte)'2',
        TarEntryKind.Directory => (byte)'5',
        _ => null,
    };

    private static SnapshotEntry Entry(string source) => new() { Path = source, Kind = SnapshotEntryKind.File, Source = source };

    private static NewTarEntry Describe(TarEntry entry, byte type, byte[] name) => new()
    {
        Name = type == (byte)'5' ? [.. name, (byte)'/'] : name,
        Type = type,
        Size = entry.Size,
        Mode = entry.Mode,
        UserId = entry.UserId,
        GroupId = entry.GroupId,
        Owner = entry.Owner,
        Group = entry.Group,
        ModifiedAt = entry.ModifiedAt,
        LinkName = type == (byte)'2' ? entry.LinkName : [],
    };
}
