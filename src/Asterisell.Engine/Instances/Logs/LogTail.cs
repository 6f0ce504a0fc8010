namespace Asterisell.Engine.Instances.Logs;

/// <summary>Keeps the last lines of each service and gives them in the order of time.</summary>
internal sealed class LogTail(LogQuery query)
{
    private readonly List<LogLine> _lines = [];

    public void Add(LogLine line) => _lines.Add(line);

    public IReadOnlyList<LogEntry> InOrder()
    {
        // By file first: within one the order is that of writing, whatever the times say.
        IEnumerable<LogLine> dated = _lines
            .GroupBy(line => (line.Entry.Service, line.Entry.Source))
            .SelectMany(Date)
            .Where(line => query.Since is null || line.Order >= query.Since);
        IEnumerable<LogLine> last = dated
            .GroupBy(line => line.Entry.Service)
            .SelectMany(service => service.OrderBy(line => line.Order).TakeLast(query.Tail ?? int.MaxValue));
        return [.. last.OrderBy(line => line.Order).Select(line => line.Entry)];
    }

    /// <summary>Lines before the first time of a file go with it; a clock that went back does not tear lines apart.</summary>
    private static IEnumerable<LogLine> Date(IEnumerable<LogLine> file)
    {
        LogLine[] lines = [.. file];
        DateTimeOffset latest = lines.FirstOrDefault(line => line.Order is not null).Order ?? DateTimeOffset.MinValue;
        foreach (LogLine line in lines)
        {
            latest = line.Order > latest ? line.Order.Value : latest;
            yield return line with { Order = latest };
        }
    }
}
