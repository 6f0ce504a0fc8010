using System.Globalization;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>The log that Docker keeps of a container's own program. Docker itself says when each line was written.</summary>
internal sealed class ContainerLog(IInstance instance)
{
    /// <summary>Reads it; goes on until the container ends when following.</summary>
    public async IAsyncEnumerable<LogLine> ReadAsync(LogQuery query, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new LogRequest { Follow = follow, Tail = query.Tail, Since = query.Since, Timestamps = true };
        LineCutter[] cutters = [new(LogText.KeptBytes), new(LogText.KeptBytes)];
        List<LogLine> lines = [];
        void Take(ReadOnlySpan<byte> line, long length) => lines.Add(Read(line, length));
        await foreach (OutputChunk chunk in instance.Docker
            .ReadLogsAsync(instance.Definition.ContainerName, request, cancellation).ConfigureAwait(false))
        {
            cutters[chunk.Source == OutputSource.Error ? 1 : 0].Add(chunk.Data.Span, Take);
            foreach (LogLine line in lines)
            {
                yield return line;
            }

            lines.Clear();
        }

        foreach (LineCutter cutter in cutters)
        {
            cutter.Flush(Take);
        }

        foreach (LogLine line in lines)
        {
            yield return line;
        }
    }

    private LogLine Read(ReadOnlySpan<byte> line, long length)
    {
        string text = LogText.Of(line, length);
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        DateTimeOffset? time = null;
        if (blank > 0 && DateTimeOffset.TryParse(
            text.AsSpan(0, blank), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset written))
        {
            time = written.ToUniversalTime();
            text = text[(blank + 1)..];
        }

        AsterisellInstance definition = instance.Definition;
        return new LogLine(
            new LogEntry(definition.Name, definition.HostName, LogServices.Container, time, LogLevel.Find(text), text, ""), time);
    }
}
