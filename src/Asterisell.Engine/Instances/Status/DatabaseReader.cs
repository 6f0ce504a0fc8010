namespace Asterisell.Engine.Instances;

/// <summary>The database's part of a status.</summary>
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

    private static long? Count(StatusFacts facts, string property, string query) =>
        facts.Row($"{nameof(InstanceStatus.Database)}.{property}", query)?.Whole("calls");

    private static long? Whole(SqlRow? row, string column) => (long?)row?.Number(column);
}
