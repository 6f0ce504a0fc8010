namespace Asterisell.Engine.Instances;

/// <summary>The memory's part of a status.</summary>
internal static class MemoryReader
{
    private const string Part = nameof(InstanceStatus.Memory);

    /// <param name="facts">Answers of a script with <see cref="ProbeScripts.Memory"/> and of <see cref="StatusQueries"/>.</param>
    /// <param name="hostPlanned">What the inventory plans for the host; null where that is not known.</param>
    public static MemoryStatus Read(StatusFacts facts, long? hostPlanned)
    {
        SqlRow? server = facts.Failure(StatusQueries.Server) is null ? facts.Row(Part, StatusQueries.Server) : null;
        SqlRow? toku = facts.Failure(StatusQueries.TokuCache) is null ? facts.Row(Part, StatusQueries.TokuCache) : null;
        SqlRow? told = facts.Failure(StatusQueries.Memory) is null ? facts.Row(Part, StatusQueries.Memory) : null;
        DatabaseMemory? database = facts.Part(Part, () => told is null ? null : DatabaseMemory.Read(told));
        long? tokuCache = toku?.Whole("bytes");
        return new MemoryStatus
        {
            UsedBytes = facts.Part(Part, () => Used(facts)),
            LimitBytes = facts.Part(Part, () => Limit(facts)),
            ConfiguredBytes = Hosts.MemoryPlan.Of(facts.Instance),
            BufferPoolBytes = server?.Whole("buffer_pool"),
            TokuCacheBytes = tokuCache,
            DatabaseUsedBytes = facts.Part(Part, () => Kilobytes(facts.Answer.Find("database-process"), "VmRSS:")),
            DatabaseNeededBytes = database?.With(database.PeakConnections, tokuCache ?? 0),
            DatabaseLimitBytes = database?.With(database.MaxConnections, tokuCache ?? 0),
            MaxConnections = database?.MaxConnections,
            PeakConnections = database?.PeakConnections,
            HostBytes = facts.Part(Part, () => Kilobytes(facts.Answer.Find("machine-memory"), "MemTotal:")),
            HostAvailableBytes = facts.Part(Part, () => Kilobytes(facts.Answer.Find("machine-memory"), "MemAvailable:")),
            HostPlannedBytes = hostPlanned,
        };
    }

    private static long? Used(StatusFacts facts)
    {
        if (facts.Said($"{Part}.{nameof(MemoryStatus.UsedBytes)}", "memory-used") is not { } used)
        {
            return null;
        }

        string droppable = (facts.Answer.Find("memory-stat") ?? "").Split('\n')
            .Select(line => line.Split(' '))
            .FirstOrDefault(pair => pair is ["inactive_file" or "total_inactive_file", _])?[1] ?? "0";
        return Math.Max(0, StatusFacts.ParseWhole(used) - StatusFacts.ParseWhole(droppable));
    }

    /// <summary>Without a limit the second version says <c>max</c>, the first one a number beyond any machine.</summary>
    private static long? Limit(StatusFacts facts) =>
        facts.Answer.Find("memory-limit") is { } text && text.Trim() != "max" && StatusFacts.ParseWhole(text) is var limit and < long.MaxValue / 2 ? limit : null;

    /// <summary>A line of the kernel's: <c>VmRSS:     91234 kB</c>.</summary>
    private static long? Kilobytes(string? text, string label) =>
        text?.Split('\n').FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) is { } line
            ? StatusFacts.ParseWhole(line[label.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024
            : null;
}
