namespace Asterisell.Engine.Instances;

/// <summary>The database's part of a status, and what it tells of memory.</summary>
internal static class DatabaseReader
{
    public static DatabaseStatus Read(StatusFacts facts, bool exact)
    {
        if (facts.Rows(nameof(InstanceStatus.Database), StatusQueries.Server) is not [var server, ..])
        {
            return new DatabaseStatus { IsReachable = false };
        }

        SqlRow? size = facts.Row($"{nameof(InstanceStatus.Database)}.{nameof(DatabaseStatus.SizeBytes)}", StatusQueries.Size);
        return new DatabaseStatus
        {
            IsReachable = true,
            Version = server["version"],
            Name = server["name"],
            SizeBytes = Whole(size, "bytes"),
            CallRecords = exact ? Count(facts, nameof(DatabaseStatus.CallRecords), StatusQueries.Calls) : Whole(size, "calls"),
            SourceCallRecords = exact ? Count(facts, nameof(DatabaseStatus.SourceCallRecords), StatusQueries.SourceCalls) : Whole(size, "source_calls"),
            CountsAreExact = exact,
        };
    }

    public static MemoryStatus ReadMemory(StatusFacts facts)
    {
        const string Part = nameof(InstanceStatus.Memory);
        SqlRow? server = facts.Failure(StatusQueries.Server) is null ? facts.Row(Part, StatusQueries.Server) : null;
        SqlRow? toku = facts.Failure(StatusQueries.TokuCache) is null ? facts.Row(Part, StatusQueries.TokuCache) : null;
        return new MemoryStatus
        {
            UsedBytes = facts.Part(Part, () => Used(facts)),
            LimitBytes = facts.Part(Part, () => Limit(facts)),
            ConfiguredBytes = facts.Instance.Settings.Container.MemoryMegabytes * 1024L * 1024L,
            BufferPoolBytes = server?.Whole("buffer_pool"),
            TokuCacheBytes = toku?.Whole("bytes"),
        };
    }

    private static long? Used(StatusFacts facts)
    {
        if (facts.Said($"{nameof(InstanceStatus.Memory)}.{nameof(MemoryStatus.UsedBytes)}", "memory-used") is not { } used)
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

    private static long? Count(StatusFacts facts, string property, string query) =>
        facts.Row($"{nameof(InstanceStatus.Database)}.{property}", query)?.Whole("calls");

    private static long? Whole(SqlRow? row, string column) => (long?)row?.Number(column);
}
