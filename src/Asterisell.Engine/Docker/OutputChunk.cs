namespace Asterisell.Engine.Docker;

/// <summary>Which of a program's two outputs.</summary>
public enum OutputSource
{
    /// <summary>Standard output.</summary>
    Output = 1,

    /// <summary>Standard error.</summary>
    Error = 2,
}

/// <summary>A piece of output, cut anywhere: a character may be split between two chunks.</summary>
/// <param name="Source">Where it was written.</param>
/// <param name="Data">Bytes, valid until the next chunk is asked for.</param>
public readonly record struct OutputChunk(OutputSource Source, ReadOnlyMemory<byte> Data);

/// <summary>Size of a terminal in characters.</summary>
/// <param name="Columns">Characters in a row.</param>
/// <param name="Rows">Rows.</param>
public readonly record struct TerminalSize(int Columns, int Rows);
