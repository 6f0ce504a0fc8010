using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Standard output of a program as a stream; what it says on standard error is kept.</summary>
internal sealed class ExecOutput : ForwardStream
{
    /// <summary>Environment of programs whose output is read by a program.</summary>
    public static readonly IReadOnlyDictionary<string, string> Plain = new Dictionary<string, string> { ["LC_ALL"] = "C" };

    private readonly IAsyncEnumerator<OutputChunk> _chunks;
    private readonly TailText _error = new();
    private ReadOnlyMemory<byte> _rest;

    public ExecOutput(IExecProcess process, CancellationToken cancellation) =>
        _chunks = process.ReadOutputAsync(cancellation).GetAsyncEnumerator(cancellation);

    /// <summary>Told every piece of standard error as it comes.</summary>
    public Action<ReadOnlyMemory<byte>>? OnError { get; init; }

    /// <summary>What it said on standard error; complete when the output has ended.</summary>
    public string Error => _error.ToString();

    /// <summary>True when the program's output has ended, so that its exit code can be asked.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The next piece of output, without copying; empty at the end. Valid until the next is asked for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReadPieceAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (await _chunks.MoveNextAsync().ConfigureAwait(false))
        {
            if (_chunks.Current.Source == OutputSource.Error)
            {
                _error.Add(_chunks.Current.Data.Span);
                OnError?.Invoke(_chunks.Current.Data);
            }
            else if (!_chunks.Current.Data.IsEmpty)
            {
                return _chunks.Current.Data;
            }
        }

        HasEnded = true;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty)
        {
            _rest = await ReadPieceAsync(cancellationToken).ConfigureAwait(false);
        }

        int taken = Math.Min(buffer.Length, _rest.Length);
        _rest[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }

    public override async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
