using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>A program in an instance that is ended, with its children, when it is given up before its output has ended.</summary>
internal sealed class TaggedProcess(IExecProcess inner, Func<Task> endAsync) : IExecProcess
{
    private bool ended;

    public Stream Input => inner.Input;

    public Task CompleteInputAsync(CancellationToken cancellation) => inner.CompleteInputAsync(cancellation);

    public async IAsyncEnumerable<OutputChunk> ReadOutputAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (OutputChunk chunk in inner.ReadOutputAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            yield return chunk;
        }

        ended = true;
    }

    public Task<int> GetExitCodeAsync(CancellationToken cancellation) => inner.GetExitCodeAsync(cancellation);

    public Task ResizeAsync(TerminalSize size, CancellationToken cancellation) => inner.ResizeAsync(size, cancellation);

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        if (!ended)
        {
            ended = true;
            await endAsync().ConfigureAwait(false);
        }
    }
}
