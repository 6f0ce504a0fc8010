namespace Asterisell;

/// <summary>A line that a command wrote inside an instance.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Source">Which of its two outputs.</param>
/// <param name="Text">Line without its end; bytes that are no UTF-8 are shown as U+FFFD.</param>
public sealed record CommandOutput(string Name, string HostName, CommandSource Source, string Text) : IInstanceObject;

/// <summary>Which output of a command.</summary>
public enum CommandSource
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
