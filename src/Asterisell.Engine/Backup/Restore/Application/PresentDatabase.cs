using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>What the present database has: the application's own backup leaves some of it out.</summary>
internal sealed class PresentDatabase
{
    private readonly IReadOnlyList<ManifestDayCount> _days;

    private PresentDatabase(DataReplacement replacement, DatabaseFacts facts, IReadOnlyList<(string Table, string Name)> triggers, IReadOnlyList<ManifestDayCount> days)
    {
        (Clients, AdminUser, Facts, Triggers, _days) = (replacement.Clients, replacement.Identity.AdminUser, facts, triggers, days);
        Tables = [.. facts.Tables.Keys.Concat(facts.ScratchTables.Keys)];
    }

    public IDatabaseClients Clients { get; }

    /// <summary>The application's database user.</summary>
    public string AdminUser { get; }

    public DatabaseFacts Facts { get; }

    public IReadOnlyList<string> Tables { get; }

    public IReadOnlyList<string> Views => Facts.Views;

    public IReadOnlyList<(string Table, string Name)> Triggers { get; }

    public IReadOnlyList<string> Routines => Facts.Routines;

    public IReadOnlyList<string> Events => Facts.Events;

    /// <summary>Asks, and counts the calls of every day.</summary>
    public static async Task<PresentDatabase> ReadAsync(IInstance instance, DataReplacement replacement, CancellationToken cancellation)
    {
        ClientSession session = await RootSession.OpenAsync(instance, replacement.Clients, replacement.Names.Live, cancellation).ConfigureAwait(false);
        DatabaseFacts facts;
        List<(string, string)> triggers;
        await using (session.ConfigureAwait(false))
        {
            facts = await DatabaseFacts.ReadAsync(session, cancellation).ConfigureAwait(false);
            triggers = [.. (await session.AskAsync(
                "SELECT EVENT_OBJECT_TABLE, TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()", cancellation).ConfigureAwait(false))
                .Select(row => (row[0], row[1]))];
        }

        RowCounts counts = await RowCounts
            .BeginAsync(await RootSession.OpenAsync(instance, replacement.Clients, replacement.Names.Live, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        await using (counts.ConfigureAwait(false))
        {
            await counts.CountAsync(facts.Tables.Keys.Where(RowCounts.HasDays), cancellation).ConfigureAwait(false);
            return new PresentDatabase(replacement, facts, triggers, counts.Days);
        }
    }

    /// <summary>Days that come in with other numbers of calls than they have now: what a restore loses, or brings back.</summary>
    public IEnumerable<string> CompareDays(IReadOnlyList<ManifestDayCount> coming)
    {
        foreach (string table in _days.Concat(coming).Select(day => day.Table).Distinct(StringComparer.Ordinal))
        {
            Dictionary<string, long> before = Of(_days, table);
            Dictionary<string, long> after = Of(coming, table);
            string[] differing = [.. before.Keys.Union(after.Keys).Where(day => before.GetValueOrDefault(day) != after.GetValueOrDefault(day)).Order(StringComparer.Ordinal)];
            if (differing is [var first, ..])
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table}: {differing.Length} days have other numbers of calls than before, the first is {first}: {after.GetValueOrDefault(first)} instead of {before.GetValueOrDefault(first)}; {after.Values.Sum()} instead of {before.Values.Sum()} in all.");
            }
        }
    }

    private static Dictionary<string, long> Of(IReadOnlyList<ManifestDayCount> days, string table) =>
        days.Where(day => day.Table == table).ToDictionary(day => day.Day, day => day.Rows, StringComparer.Ordinal);
}
