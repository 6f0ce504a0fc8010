using System.IO.Compression;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Takes the next text of a dump.</summary>
internal delegate void TextTaker(ReadOnlySpan<byte> text);

/// <summary>Reads a dump from a running mysqldump, on a thread of its own.</summary>
/// <param name="take">Gets every piece of text.</param>
internal sealed class DumpReader(TextTaker take)
{
    private const int BufferSize = 128 * 1024;

    private readonly DumpScanner _scanner = new();

    /// <summary>Told every piece of standard error as it comes.</summary>
    public Action<ReadOnlyMemory<byte>>? OnError { get; init; }

    /// <summary>What it said on standard error, but for what --verbose says.</summary>
    public string Error { get; private set; } = string.Empty;

    /// <summary>Where the text is compressed: a network is slower than gzip, a local socket is not.</summary>
    public static ClientOutput FormFor(AsterisellHost host) => host.Endpoint.Scheme is "unix" or "npipe" ? ClientOutput.Blocks : ClientOutput.Gzip;

    /// <summary>Reads to the end of the output.</summary>
    public Task<DumpSummary> ReadAsync(IExecProcess process, ClientOutput form, CancellationToken cancellation)
    {
        process.WaitInPlace();
        return Task.Factory.StartNew(
            () => ReadHereAsync(process, form, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    private async Task<DumpSummary> ReadHereAsync(IExecProcess process, ClientOutput form, CancellationToken cancellation)
    {
        ExecOutput output = new(process, cancellation) { OnError = OnError };
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

            Error = string.Join('\n', output.Error.Split('\n').Where(line => !line.StartsWith("-- ", StringComparison.Ordinal))).Trim();
        }

        return _scanner.Complete();
    }

    private async Task ReadTextAsync(ExecOutput output, CancellationToken cancellation)
    {
        while (await output.ReadPieceAsync(cancellation).ConfigureAwait(false) is { IsEmpty: false } piece)
        {
            _scanner.Feed(piece.Span);
            take(piece.Span);
        }
    }

    private async Task ReadCompressedAsync(ExecOutput output, CancellationToken cancellation)
    {
        byte[] buffer = new byte[BufferSize];
        GZipStream text = new(output, CompressionMode.Decompress, leaveOpen: true);
        await using (text.ConfigureAwait(false))
        {
            int read;
            while ((read = await text.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                _scanner.Feed(buffer.AsSpan(0, read));
                take(buffer.AsSpan(0, read));
            }
        }

        while (await output.ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
        {
        }
    }
}
