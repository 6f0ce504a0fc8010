using System.Globalization;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Lists directories of the container.</summary>
internal sealed class FileFinder(BackupRun run, IReadOnlyList<string> paths)
{
    /// <summary>
    /// The first line tells what the clock says by which files are dated: a process has a folder that was made when it began. date would ask
    /// another clock where a program's time is faked.
    /// </summary>
    private const string Script = """
        format=$1 since=$2
        shift 2
        find /proc/self/ -maxdepth 0 -printf "$format"
        if [ -n "$since" ]; then exec find "$@" -newerct "$since" -printf "$format"; fi
        exec find "$@" -printf "$format"
        """;

    private const int LongestRecord = 64 * 1024;

    /// <summary>What a reader of the list is told.</summary>
    /// <param name="entry">Valid during the call only.</param>
    /// <param name="record">The bytes that it was read from.</param>
    public delegate void OnFound(in FoundEntry entry, ReadOnlySpan<byte> record);

    /// <summary>Lists everything.</summary>
    /// <param name="changedAfter">Only what was changed after that second (since 1970); null for all.</param>
    /// <param name="onBegin">Told when the listing began, by the clock that dates the files; null where that can't be known.</param>
    /// <param name="onFound">Told each entry.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ListAsync(long? changedAfter, Action<DateTimeOffset?> onBegin, OnFound onFound, CancellationToken cancellation)
    {
        string since = changedAfter is { } second ? string.Create(CultureInfo.InvariantCulture, $"@{second}") : string.Empty;
        InstanceCommand command = Bash.Command(Script, [FoundEntry.FindFormat, since, .. paths]) with { Environment = ExecOutput.Plain };
        IExecProcess process = await run.Instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            ExecOutput output = new(process, cancellation);
            await using (output.ConfigureAwait(false))
            {
                try
                {
                    // A file that goes away under it makes find end with 1; what it lists is compared with what tar stored anyway.
                    if (await ReadAsync(output, onBegin, onFound, cancellation).ConfigureAwait(false) > 0)
                    {
                        return;
                    }
                }
                catch (InvalidDataException broken)
                {
                    throw BackupErrors.BackupArchiveInvalid(run.Target, broken.Message);
                }

                int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                throw BackupErrors.BackupFilesFailed(run.Target, "find", exitCode, InstanceErrors.OneLine(output.Error));
            }
        }
    }

    /// <returns>Number of entries, the one of the clock among them.</returns>
    private static async Task<long> ReadAsync(ExecOutput output, Action<DateTimeOffset?> onBegin, OnFound onFound, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LongestRecord];
        int filled = 0;
        int read;
        long entries = 0;
        while ((read = await output.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false)) > 0)
        {
            filled += read;
            int start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)0) is >= 0 and int length)
            {
                ReadOnlySpan<byte> record = buffer.AsSpan(start, length);
                FoundEntry entry = FoundEntry.Parse(record);
                bool isClock = entry.Name.SequenceEqual("proc/self/"u8);
                if (entries++ == 0)
                {
                    onBegin(isClock ? FoundEntry.ToTime(entry.ChangedTicks) : null);
                }

                if (!isClock && entry.Kind is not null)
                {
                    onFound(entry, record);
                }

                start += length + 1;
            }

            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                throw new InvalidDataException("a name is longer than a path can be");
            }
        }

        return filled == 0 ? entries : throw new InvalidDataException("the list of files ends in the middle of a name");
    }
}
