namespace Asterisell;

/// <summary>One line of a log of an instance.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Service">Who wrote it: a program of supervisord, <c>supervisord</c> itself, <c>asterisell</c> or <c>container</c>.</param>
/// <param name="Time">UTC; null where the line has no time of its own, as in the middle of a stack.</param>
/// <param name="Severity">Null where the line does not say.</param>
/// <param name="Text">
/// The line with its own time. Bytes that are no UTF-8 and control characters stand as <c>\x1b</c>, so that no log can steer a terminal;
/// a very long line is cut and says so at its end.
/// </param>
/// <param name="Source">File in the container; empty for the container's own log.</param>
public sealed record LogEntry(
    string Name, string HostName, string Service, DateTimeOffset? Time, LogSeverity? Severity, string Text, string Source) : IInstanceObject;
