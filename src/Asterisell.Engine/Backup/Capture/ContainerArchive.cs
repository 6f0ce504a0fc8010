using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Brings files of the container by tar, by name.</summary>
internal sealed class ContainerArchive(BackupRun run, TreeWriter tree)
{
    /// <summary>tar's exit code for files that changed or went away while it read.</summary>
    private const int SomeDiffer = 1;

    private long _bytes;

    /// <summary>What tar said last.</summary>
    public string Error { get; private set; } = string.Empty;

    /// <summary>Reads files and stores them.</summary>
    /// <param name="asked">What find printed of each, by name; those that tar did not bring are left in it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ReadAsync(Dictionary<NameKey, byte[]> asked, CancellationToken cancellation)
    {
        // A file that goes away between list and reading is no failure; one that can't be read is left in the list.
        InstanceCommand command = new(
            "tar", "--create", "--file=-", "--format=gnu", "--hard-dereference", "--directory=/", "--no-recursion", "--ignore-failed-read", "--null", "--files-from=-")
        {
            Environment = ExecOutput.Plain,
            AttachInput = true,
        };
        IExecProcess process = await run.Instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            InputFeed feed = InputFeed.Start(process, NameList.Relative(asked.Values), cancellation);
            await using (feed.ConfigureAwait(false))
            {
                await StoreAsync(process, asked, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task StoreAsync(IExecProcess process, Dictionary<NameKey, byte[]> asked, CancellationToken cancellation)
    {
        ExecOutput output = new(process, cancellation);
        await using (output.ConfigureAwait(false))
        {
            string? broken = await StoreAsync(output, asked, cancellation).ConfigureAwait(false);
            int exitCode = broken is null || output.HasEnded ? await process.GetExitCodeAsync(cancellation).ConfigureAwait(false) : 0;
            Error = InstanceErrors.OneLine(output.Error);
            if (exitCode is not (0 or SomeDiffer))
            {
                throw BackupErrors.BackupFilesFailed(run.Target, "tar", exitCode, Error);
            }

            if (broken is not null)
            {
                throw BackupErrors.BackupArchiveInvalid(run.Target, broken);
            }
        }
    }

    /// <summary>Stores a tar.</summary>
    /// <returns>What is wrong with it; null when nothing is. tar's exit code, which may tell why, is known only afterwards.</returns>
    private async Task<string?> StoreAsync(ExecOutput output, Dictionary<NameKey, byte[]> asked, CancellationToken cancellation)
    {
        try
        {
            await tree.StoreAsync(output, asked, Count, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (InvalidDataException broken)
        {
            return broken.Message;
        }
    }

    private void Count(SnapshotEntry entry)
    {
        _bytes += entry.Size;
        run.Report("reading the files", _bytes, 0);
    }
}
