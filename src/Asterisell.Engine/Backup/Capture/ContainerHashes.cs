using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Asks the container for SHA-256 of many of its files at once.</summary>
internal static class ContainerHashes
{
    private const int LongestLine = 64 * 1024;

    /// <summary>What is told of a file that could be read.</summary>
    /// <param name="name">Bytes of its absolute path.</param>
    /// <param name="sha256">In lower case hexadecimal.</param>
    public delegate void OnHash(ReadOnlySpan<byte> name, ReadOnlySpan<byte> sha256);

    /// <summary>Hashes files. One that can't be read is not told of: it is then read as any other, which says why it can't be.</summary>
    /// <param name="run">The backup.</param>
    /// <param name="names">Absolute paths, each with a NUL behind it.</param>
    /// <param name="onHash">Told each hash.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AskAsync(BackupRun run, Stream names, OnHash onHash, CancellationToken cancellation)
    {
        InstanceCommand command = new("xargs", "--null", "--no-run-if-empty", "sha256sum", "--binary") { Environment = ExecOutput.Plain, AttachInput = true };
        IExecProcess process = await run.Instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            InputFeed feed = InputFeed.Start(process, names, cancellation);
            await using (feed.ConfigureAwait(false))
            {
                ExecOutput output = new(process, cancellation);
                await using (output.ConfigureAwait(false))
                {
                    await ReadAsync(output, onHash, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task ReadAsync(ExecOutput output, OnHash onHash, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LongestLine];
        int filled = 0;
        int read;
        while ((read = await output.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false)) > 0)
        {
            filled += read;
            int start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and int length)
            {
                Tell(buffer.AsSpan(start, length), onHash);
                start += length + 1;
            }

            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                return;
            }
        }
    }

    internal static void Tell(ReadOnlySpan<byte> line, OnHash onHash)
    {
        if (HashLine.TryParse(line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> sha256))
        {
            onHash(name, sha256);
        }
    }
}
