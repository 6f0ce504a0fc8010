using System.IO.Compression;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Takes a dump from a running mysqldump into a file, reading its text on the way.</summary>
internal sealed class DumpReader(SnapshotFile file, Action<DumpScanner> onText)
{
    private const int BufferSize = 128 * 1024;

    private readonly DumpScanner _scanner = new();

    /// <summary>What it said on standard error.</summary>
    public string Error { get; private set; } = string.Empty;

    /// <summary>Where the text is compressed: a network is slower than gzip, a local socket is not.</summary>
    public static ClientOutput FormFor(AsterisellHost host) => host.Endpoint.Scheme is "unix" or "npipe" ? ClientOutput.Blocks : ClientOutput.Gzip;

    /// <summary>Reads to the end of the output, on a thread of its own.</summary>
    public Task<DumpSummary> ReadAsync(IExecProcess process, ClientOutput form, CancellationToken cancellation)
    {
        process.WaitInPlace();
        return Task.Factory.StartNew(
            () => ReadHereAsync(process, form, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    private async Task<DumpSummary> ReadHereAsync(IExecProcess process, ClientOutput form, CancellationToken cancellation)
    {
        ExecOutput output = new(process, cancellation);
        await using (output.ConfigureAwait(false))
        {
            if (form == ClientOutput.Gzip)
            {
                await ReadCompressedAsync(output, cancellation).ConfigureAwait(false);
            }
            else
            {
                await ReadTextAsync(output, cancellation).ConfigureAwait(false);
            }

            Error = output.Error;
        }

        return _scanner.Complete();
    }

    private async Task ReadTextAsync(ExecOutput output, CancellationToken cancellation)
    {
        GzipWriter gzip = new(file);
        await using (gzip.ConfigureAwait(false))
        {
            while (await output.ReadPieceAsync(cancellation).ConfigureAwait(false) is { IsEmpty: false } piece)
            {
                _scanner.Feed(piece.Span);
                onText(_scanner);
                gzip.Write(piece.Span, cancellation);
            }

            await gzip.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task ReadCompressedAsync(ExecOutput output, CancellationToken cancellation)
    {
        byte[] buffer = new byte[BufferSize];
        TeeStream tee = new(output, file);
        await using (tee.ConfigureAwait(false))
        {
            GZipStream text = new(tee, CompressionMode.Decompress, leaveOpen: true);
            await using (text.ConfigureAwait(false))
            {
                int read;
                while ((read = await text.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    _scanner.Feed(buffer.AsSpan(0, read));
                    onText(_scanner);
                }
            }

            while (await tee.ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
            {
            }
        }
    }
}
