using System.IO.Compression;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>The text of a mysqldump that runs, read as it comes. Its end is an end only when the dump was whole; else reading it throws.</summary>
internal sealed class LiveText : ForwardStream
{
    private readonly DumpScanner _scanner = new();
    private readonly string _target;
    private readonly IExecProcess _process;
    private readonly ExecOutput _output;
    private readonly Stream _text;
    private readonly Func<DumpSummary, CancellationToken, Task> _onWhole;
    private bool _ended;

    private LiveText(string target, IExecProcess process, ClientOutput form, Func<DumpSummary, CancellationToken, Task> onWhole, CancellationToken cancellation)
    {
        (_target, _process, _onWhole) = (target, process, onWhole);
        _output = new ExecOutput(process, cancellation);
        _text = form == ClientOutput.Gzip ? new GZipStream(_output, CompressionMode.Decompress, leaveOpen: true) : _output;
    }

    /// <summary>Starts one.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="clients">Starts it.</param>
    /// <param name="arguments">Arguments of mysqldump.</param>
    /// <param name="onWhole">Told what it held, when it was whole.</param>
    /// <param name="cancellation">Ends it, also in the container.</param>
    public static async Task<LiveText> StartAsync(
        IInstance instance, IDatabaseClients clients, string[] arguments, Func<DumpSummary, CancellationToken, Task> onWhole, CancellationToken cancellation)
    {
        ClientOutput form = DumpReader.FormFor(instance.Definition.Host);
        IExecProcess process = await clients
            .StartAsync(DumpArguments.Program, arguments, attachInput: false, form, cancellation).ConfigureAwait(false);
        return new LiveText(instance.Definition.ToString(), process, form, onWhole, cancellation);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        int read = await ReadTextAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0)
        {
            _scanner.Feed(buffer.Span[..read]);
            return read;
        }

        int exitCode = await _process.GetExitCodeAsync(cancellationToken).ConfigureAwait(false);
        DumpSummary dump = _scanner.Complete();
        DumpRules.RequireSuccess(_target, DumpArguments.Program, exitCode, _output.Error, dump);
        _ended = true;
        await _onWhole(dump, cancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync().ConfigureAwait(false);
        await _process.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A compressed text that was cut is told as what it is: the program's own failure follows at its end.</summary>
    private async ValueTask<int> ReadTextAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await _text.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            byte[] rest = new byte[4096];
            while (await _output.ReadAsync(rest, cancellation).ConfigureAwait(false) > 0)
            {
            }

            return 0;
        }
    }
}
