using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>The operator's end of a terminal session, handed out raw: every key goes to the other end, Ctrl+C too.</summary>
public interface ITerminal : IDisposable
{
    /// <summary>Size now; asked several times a second.</summary>
    TerminalSize Size { get; }

    /// <summary>The next keys, as bytes; 0 at the end of input. Cancelling takes no key that nobody gets.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>Shows output.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> output, CancellationToken cancellation);
}
