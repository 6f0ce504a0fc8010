using System.Buffers;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>The text of one of the application's own dumps, read in the container as it is loaded. Its end is an end only when the dump was whole.</summary>
internal sealed class DumpFileText : ForwardStream
{
    private const int BufferSize = 128 * 1024;

    private readonly DumpScanner _scanner = new();
    private readonly ArrayBufferWriter<byte> _ready = new(2 * BufferSize);
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly DumpFileFilter _filter;
    private readonly AsterisellInstance _instance;
    private readonly string _path;
    private readonly IExecProcess _process;
    private readonly ExecOutput _output;
    private readonly Action<DumpSummary> _onWhole;
    private int _taken;
    private bool _ended;

    private DumpFileText(AsterisellInstance instance, string path, string definer, IExecProcess process, Action<DumpSummary> onWhole, CancellationToken cancellation)
    {
        (_instance, _path, _process, _onWhole) = (instance, path, process, onWhole);
        _filter = new DumpFileFilter(definer, _ready);
        _output = new ExecOutput(process, cancellation);
    }

    /// <summary>Opens one.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="path">The file.</param>
    /// <param name="definer">User that views and triggers belong to.</param>
    /// <param name="onWhole">Told what it held, when it was whole.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<DumpFileText> OpenAsync(
        IInstance instance, string path, string definer, Action<DumpSummary> onWhole, CancellationToken cancellation)
    {
        IExecProcess process = await instance.Exec.StartAsync(new InstanceCommand(["cat", "--", path]), cancellation).ConfigureAwait(false);
        return new DumpFileText(instance.Definition, path, definer, process, onWhole, cancellation);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_taken == _ready.WrittenCount && !_ended)
        {
            _taken = 0;
            _ready.ResetWrittenCount();
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        int count = Math.Min(buffer.Length, _ready.WrittenCount - _taken);
        _ready.WrittenMemory.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync().ConfigureAwait(false);
        await _process.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        int read = await _output.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
        if (read > 0)
        {
            _scanner.Feed(_buffer.AsSpan(0, read));
            Pass(_buffer.AsSpan(0, read));
            return;
        }

        int exitCode = await _process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
        DumpSummary dump = _scanner.Complete();
        if (exitCode != 0 || dump.Damage is not null)
        {
            throw Damaged(exitCode != 0 ? InstanceErrors.OneLine(_output.Error) : dump.Damage!);
        }

        if (dump.Tables.FirstOrDefault(RowCounts.HasDays) is { } calls)
        {
            throw Damaged($"it holds {calls} too, whose rows stand in the files of calls");
        }

        _filter.Complete();
        _ended = true;
        _onWhole(dump);
    }

    private void Pass(ReadOnlySpan<byte> text)
    {
        try
        {
            _filter.Feed(text);
        }
        catch (InvalidDataException strange)
        {
            throw Damaged(strange.Message);
        }
    }

    private AsterisellException Damaged(string why) => ApplicationBackupErrors.ApplicationBackupDamaged(_instance, [$"{_path}: {why}"]);
}
