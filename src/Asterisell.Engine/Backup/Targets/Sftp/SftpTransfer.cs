using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>Moves the content of files, with many requests under way.</summary>
internal static class SftpTransfer
{
    private const int Chunk = 32 * 1024;
    private const int UnderWay = 48;

    /// <summary>Files from this size on are flushed to the server's disk one by one; smaller ones are left to its system.</summary>
    private const long WorthFlushing = 1024 * 1024;

    /// <summary>Writes a local file to the server.</summary>
    /// <param name="client">Server.</param>
    /// <param name="local">File of this machine.</param>
    /// <param name="remote">Path there.</param>
    /// <param name="from">Bytes that are there already; 0 to begin anew.</param>
    /// <param name="flush">True to wait for the server's disk, whatever the size.</param>
    /// <param name="sent">Told bytes as they have arrived.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task UploadAsync(
        SftpClient client, string local, string remote, long from, bool flush, Action<int>? sent, CancellationToken cancellation)
    {
        FileStream source = new(local, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using (source.ConfigureAwait(false))
        {
            source.Position = from;
            byte[] handle = await client.OpenToWriteAsync(remote, truncate: from == 0, cancellation).ConfigureAwait(false);
            Queue<(Task Writing, int Bytes)> writing = new();
            long offset = from;
            while (true)
            {
                byte[] buffer = new byte[Chunk];
                int read = await source.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                writing.Enqueue((client.WriteAsync(handle, offset, buffer.AsMemory(0, read), remote, cancellation), read));
                offset += read;
                await DrainAsync(writing, UnderWay, sent).ConfigureAwait(false);
            }

            await DrainAsync(writing, 0, sent).ConfigureAwait(false);
            if (flush || offset >= WorthFlushing)
            {
                await client.FlushAsync(handle, remote, cancellation).ConfigureAwait(false);
            }

            await client.CloseAsync(handle, remote, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a file of the server into a new local one.</summary>
    /// <returns>False when the server has no such file; then there is no local one either.</returns>
    public static async Task<bool> DownloadAsync(SftpClient client, string remote, string local, Action<int>? received, CancellationToken cancellation)
    {
        try
        {
            FileStream target = PrivateFiles.Create(local, FileMode.Create);
            await using (target.ConfigureAwait(false))
            {
                await ReadAsync(client, remote, (data, token) => target.WriteAsync(data, token), received, cancellation).ConfigureAwait(false);
                return true;
            }
        }
        catch (SftpException missing) when (missing.Status == SftpStatus.NoSuchFile)
        {
            File.Delete(local);
            return false;
        }
    }

    /// <summary>A small file as a whole.</summary>
    /// <exception cref="InvalidDataException">It is larger than that.</exception>
    public static async Task<byte[]> ReadSmallAsync(SftpClient client, string remote, int limit, CancellationToken cancellation)
    {
        using MemoryStream content = new();
        await ReadAsync(
            client, remote,
            (data, _) =>
            {
                content.Write(data.Span);
                return content.Length <= limit ? ValueTask.CompletedTask : throw new InvalidDataException($"{remote} is larger than {limit} bytes");
            },
            null, cancellation).ConfigureAwait(false);
        return content.ToArray();
    }

    private static async Task ReadAsync(
        SftpClient client, string remote, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, Action<int>? received, CancellationToken cancellation)
    {
        byte[] handle = await client.OpenToReadAsync(remote, cancellation).ConfigureAwait(false);
        Queue<(Task<byte[]> Reading, long Offset)> reading = new();
        long asked = 0;
        bool ended = false;
        int underWay = 1; // small files, which are most, cost one request; more are sent while data keeps coming
        while (!ended || reading.Count > 0)
        {
            while (!ended && reading.Count < underWay)
            {
                reading.Enqueue((client.ReadAsync(handle, asked, Chunk, remote, cancellation), asked));
                asked += Chunk;
            }

            (Task<byte[]> next, long offset) = reading.Dequeue();
            byte[] data = await next.ConfigureAwait(false);
            underWay = Math.Min(UnderWay, underWay * 2);
            int length = data.Length;
            while (length > 0)
            {
                await take(data, cancellation).ConfigureAwait(false);
                received?.Invoke(data.Length);
                if (length == Chunk)
                {
                    break;
                }

                data = await client.ReadAsync(handle, offset + length, Chunk - length, remote, cancellation).ConfigureAwait(false);
                ended |= data.Length == 0;
                length = data.Length == 0 ? 0 : length + data.Length;
            }

            ended |= length == 0;
        }

        await client.CloseAsync(handle, remote, cancellation).ConfigureAwait(false);
    }

    private static async Task DrainAsync(Queue<(Task Writing, int Bytes)> writing, int most, Action<int>? sent)
    {
        while (writing.Count > most)
        {
            (Task done, int bytes) = writing.Dequeue();
            await done.ConfigureAwait(false);
            sent?.Invoke(bytes);
        }
    }
}
