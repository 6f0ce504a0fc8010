using System.Globalization;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>What the calls of the last weeks add up to; read, compared and shown, never computed with.</summary>
/// <param name="From">First call that counts, as the application writes times; null where there are no calls.</param>
/// <param name="To">Last call that counts.</param>
/// <param name="Rows">Rows of <c>ar_cdr</c>.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Unrated">Calls whose rating failed.</param>
/// <param name="Income">Sum, in the application's integers.</param>
/// <param name="Cost">Sum, in the application's integers.</param>
internal sealed record RatedCalls(DateTime? From, DateTime? To, long Rows, long Calls, long Unrated, decimal Income, decimal Cost)
{
    /// <summary>The application itself looks back 70 days for calls that were not rated; the whole table would be read for minutes.</summary>
    private const string Newest = "SELECT MAX(calldate) - INTERVAL 70 DAY AS first, MAX(calldate) AS last FROM ar_cdr";

    private const string Sums = """
        SELECT COUNT(*) AS rows_, COALESCE(SUM(count_of_calls), 0) AS calls, COALESCE(SUM(IF(destination_type = 5, count_of_calls, 0)), 0) AS unrated,
          COALESCE(SUM(income), 0) AS income, COALESCE(SUM(cost), 0) AS cost
        FROM ar_cdr WHERE calldate >= @first AND calldate <= @last
        """;

    /// <summary>Whether a pass is going to rate calls again, or for the first time.</summary>
    private const string Planned = """
        SELECT COALESCE(scheduled_rerate_from_specific_calldate, scheduled_rerate_from_official_calldate, new_imported_cdrs_from_calldate,
          scheduled_imported_services_rerate_from_specific_calldate) IS NOT NULL AS planned FROM ar_params WHERE is_default = 1
        """;

    private static readonly RatedCalls None = new(null, null, 0, 0, 0, 0, 0);

    /// <summary>Reads it of the last weeks up to the newest call.</summary>
    public static async Task<RatedCalls> ReadAsync(IInstanceDatabase database, CancellationToken cancellation)
    {
        SqlRow? row = await OneAsync(database, Newest, null, cancellation).ConfigureAwait(false);
        return row?.Time("first") is { } first && row.Time("last") is { } last ? await ReadAsync(database, first, last, cancellation).ConfigureAwait(false) : None;
    }

    /// <summary>Reads it again of the same time.</summary>
    public Task<RatedCalls> ReadAgainAsync(IInstanceDatabase database, CancellationToken cancellation) =>
        From is { } first && To is { } last ? ReadAsync(database, first, last, cancellation) : Task.FromResult(None);

    /// <summary>True when the next pass rates calls.</summary>
    public static async Task<bool> IsPlannedAsync(IInstanceDatabase database, CancellationToken cancellation) =>
        await OneAsync(database, Planned, null, cancellation).ConfigureAwait(false) is { } row && row.Whole("planned") == 1;

    /// <summary>What a later reading of the same time may not show; null where all is well.</summary>
    /// <param name="later">The later one.</param>
    /// <param name="ratesAgain">True when a pass may have rated calls meanwhile, and imported further ones: amounts are its business then.</param>
    public string? FindLoss(RatedCalls later, bool ratesAgain)
    {
        ArgumentNullException.ThrowIfNull(later);
        if (later.Rows < Rows || later.Calls < Calls)
        {
            return Say("calls", Calls, later.Calls);
        }

        if (later.Unrated > Unrated + (ratesAgain ? later.Calls - Calls : 0))
        {
            return Say("calls that could not be rated", Unrated, later.Unrated);
        }

        return ratesAgain || (later.Rows == Rows && later.Calls == Calls && later.Unrated == Unrated && later.Income == Income && later.Cost == Cost)
            ? null
            : later.Income != Income ? Say("income", Income, later.Income)
            : later.Cost != Cost ? Say("cost", Cost, later.Cost)
            : Say("calls", Calls, later.Calls);
    }

    private static string Say(string what, decimal before, decimal after) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} of the last weeks: {before} before, {after} now");

    private static async Task<RatedCalls> ReadAsync(IInstanceDatabase database, DateTime first, DateTime last, CancellationToken cancellation)
    {
        Dictionary<string, object?> values = new() { ["first"] = first, ["last"] = last };
        SqlRow row = (await OneAsync(database, Sums, values, cancellation).ConfigureAwait(false))!;
        return new RatedCalls(
            first, last, row.Whole("rows_")!.Value, (long)row.Number("calls")!.Value, (long)row.Number("unrated")!.Value, row.Number("income")!.Value, row.Number("cost")!.Value);
    }

    private static async Task<SqlRow?> OneAsync(
        IInstanceDatabase database, string sql, IReadOnlyDictionary<string, object?>? values, CancellationToken cancellation)
    {
        SqlRow? only = null;
        await foreach (SqlRow row in database.QueryAsync(sql, values, cancellation).ConfigureAwait(false))
        {
            only = row;
        }

        return only;
    }
}
