using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// A tar as the container's tar writes it. Its end is an end only when tar ended well: the last read throws where tar failed, so a
/// truncated archive is never taken for a whole one. Disposed before, tar is ended.
/// </summary>
public sealed class TarStream : ForwardStream
{
    /// <summary>GNU tar's exit code for files that changed or vanished while they were read; the archive itself is sound.</summary>
    private const int SomeFilesDiffer = 1;

    private readonly IExecProcess _process;
    private readonly Action<int, string> _check;
    private readonly CancellationTokenSource _disposed = new();
    private readonly IAsyncEnumerator<OutputChunk> _chunks;
    private readonly TailText _error = new();
    private ReadOnlyMemory<byte> _rest;
    private bool _ended;
    private bool _closed;

    internal TarStream(IExecProcess process, Action<int, string> check)
    {
        _process = process;
        _check = check;
        _chunks = process.ReadOutputAsync(_disposed.Token).GetAsyncEnumerator(_disposed.Token);
    }

    /// <summary>What tar said of files that changed or vanished while it read them; complete when the end was reached.</summary>
    public IReadOnlyList<string> Warnings => _error.Lines;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(_disposed.Cancel);
        while (_rest.IsEmpty && !_ended)
        {
            if (!await _chunks.MoveNextAsync().ConfigureAwait(false))
            {
                int exitCode = await _process.GetExitCodeAsync(cancellationToken).ConfigureAwait(false);
                _check(exitCode == SomeFilesDiffer ? 0 : exitCode, _error.ToString());
                _ended = true;
            }
            else if (_chunks.Current.Source == OutputSource.Error)
            {
                _error.Add(_chunks.Current.Data.Span);
            }
            else
            {
                _rest = _chunks.Current.Data;
            }
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            await _chunks.DisposeAsync().ConfigureAwait(false);
            await _process.DisposeAsync().ConfigureAwait(false);
            _disposed.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }
}
