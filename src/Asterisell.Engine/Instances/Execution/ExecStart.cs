using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Tells a program that could not be started from one that ended with 126 or 127 by itself: the engine then writes its own complaint
/// where the program's output would stand.
/// </summary>
internal struct ExecStart
{
    private bool looked;
    private bool complained;

    /// <summary>Looks at output; only the first piece counts.</summary>
    public void Look(OutputChunk chunk)
    {
        if (!looked)
        {
            looked = true;
            complained = chunk.Data.Span.StartsWith("OCI runtime exec failed"u8);
        }
    }

    /// <summary>True when the program was never started.</summary>
    public readonly bool Failed(int exitCode) => exitCode is 126 or 127 && complained;
}
