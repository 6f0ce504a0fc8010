namespace Asterisell.Engine.Docker;

/// <summary>A program running in a container. Reading and writing go side by side; both must be done for large data.</summary>
public interface IExecProcess : IAsyncDisposable
{
    /// <summary>Standard input; writing to a program that was not given one throws.</summary>
    Stream Input { get; }

    /// <summary>Ends standard input, so that the program sees its end; output goes on.</summary>
    Task CompleteInputAsync(CancellationToken cancellation);

    /// <summary>Output as it comes, to its end. A chunk's data is valid until the next one is asked for.</summary>
    IAsyncEnumerable<OutputChunk> ReadOutputAsync(CancellationToken cancellation);

    /// <summary>
    /// From now on reading waits on the thread that reads, where the connection can: for much output and a thread that does nothing else.
    /// Handing each piece from thread to thread costs more processor time than all that is done with it.
    /// </summary>
    void WaitInPlace();

    /// <summary>Exit code; to be asked after the output has ended.</summary>
    Task<int> GetExitCodeAsync(CancellationToken cancellation);

    /// <summary>Tells the program's terminal its new size.</summary>
    Task ResizeAsync(TerminalSize size, CancellationToken cancellation);
}
