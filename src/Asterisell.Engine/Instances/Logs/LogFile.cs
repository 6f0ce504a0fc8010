namespace Asterisell.Engine.Instances.Logs;

/// <summary>One log being read: its bytes become entries. A line without a time is in order with the one before it.</summary>
internal sealed class LogFile(AsterisellInstance instance, string service, string path, Func<LogZones> zones, TimeProvider clock)
{
    private readonly LineCutter _lines = new(LogText.KeptBytes);
    private DateTimeOffset? _last;

    public string Service { get; } = service;

    public void Add(ReadOnlySpan<byte> bytes, Action<LogLine> onLine) => _lines.Add(bytes, (line, length) => Take(line, length, onLine));

    /// <summary>The file ended here: what is left is a line.</summary>
    public void Flush(Action<LogLine> onLine) => _lines.Flush((line, length) => Take(line, length, onLine));

    private void Take(ReadOnlySpan<byte> line, long length, Action<LogLine> onLine)
    {
        string text = LogText.Of(line, length);
        DateTimeOffset? time = LogTime.Find(text, Service, zones(), clock.GetUtcNow());
        _last = time ?? _last;
        onLine(new LogLine(
            new LogEntry(instance.Name, instance.HostName, Service, time, LogLevel.Find(text), text, path), _last));
    }
}

/// <summary>An entry, and the time that puts it in order; null before the first time in its file.</summary>
internal readonly record struct LogLine(LogEntry Entry, DateTimeOffset? Order);
