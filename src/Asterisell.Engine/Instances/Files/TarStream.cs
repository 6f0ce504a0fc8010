using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// A tar as the container's tar writes it. Its end is an end only when tar ended well: the last read throws where tar failed, so a
/// truncated archive is never taken for a whole one. Disposed before, tar is ended.
/// </summary>
public sealed class TarStream : Stream
{
    /// <summary>GNU tar's exit code for files that changed or vanished while they were read; the archive itself is sound.</summary>
    private const int SomeFilesDiffer = 1;

    private readonly IExecProcess process;
    private readonly Action<int, string> check;
    private readonly CancellationTokenSource disposed = new();
    private readonly IAsyncEnumerator<OutputChunk> chunks;
    private readonly TailText error = new();
    private ReadOnlyMemory<byte> rest;
    private bool ended;
    private bool closed;

    internal TarStream(IExecProcess process, Action<int, string> check)
    {
        this.process = process;
        this.check = check;
        chunks = process.ReadOutputAsync(disposed.Token).GetAsyncEnumerator(disposed.Token);
    }

    /// <summary>What tar said of files that changed or vanished while it read them; complete when the end was reached.</summary>
    public IReadOnlyList<string> Warnings => error.Lines;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(disposed.Cancel);
        while (rest.IsEmpty && !ended)
        {
            if (!await chunks.MoveNextAsync().ConfigureAwait(false))
            {
                int exitCode = await process.GetExitCodeAsync(cancellationToken).ConfigureAwait(false);
                check(exitCode == SomeFilesDiffer ? 0 : exitCode, error.ToString());
                ended = true;
            }
            else if (chunks.Current.Source == OutputSource.Error)
            {
                error.Add(chunks.Current.Data.Span);
            }
            else
            {
                rest = chunks.Current.Data;
            }
        }

        int count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!closed)
        {
            closed = true;
            await chunks.DisposeAsync().ConfigureAwait(false);
            await process.DisposeAsync().ConfigureAwait(false);
            disposed.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }
}
