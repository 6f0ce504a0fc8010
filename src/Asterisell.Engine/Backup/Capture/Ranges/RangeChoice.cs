namespace Asterisell.Engine.Backup.Capture.Ranges;

/// <summary>
/// Which ranges are dumped. First the newest month and what is newer, since calls come there; where the database then says that others changed
/// too, those as well; and where still others changed meanwhile, all.
/// </summary>
internal sealed class RangeChoice
{
    /// <summary>A longer condition is no better than reading all rows.</summary>
    private const int MostMonths = 200;

    /// <summary>Condition by table; a table that is missing is dumped whole.</summary>
    private readonly Dictionary<string, string> _where;
    private readonly IReadOnlyList<RangeTable> _tables;
    private readonly bool _isGuess;

    private RangeChoice(IReadOnlyList<RangeTable> tables, Dictionary<string, string> where, bool isGuess) => (_tables, _where, _isGuess) = (tables, where, isGuess);

    /// <summary>True when every row of every table is dumped.</summary>
    public bool IsEverything => _where.Count == 0;

    /// <summary>The first choice.</summary>
    /// <param name="tables">Tables with ranges.</param>
    /// <param name="earlier">What need not be dumped again.</param>
    /// <param name="now">The server's month; a date beyond it is a mistake of somebody's clock, and no sign of where calls come.</param>
    public static RangeChoice Guess(IReadOnlyList<RangeTable> tables, EarlierRanges earlier, string now)
    {
        Dictionary<string, string> where = [];
        foreach (RangeTable table in tables)
        {
            IReadOnlyList<string> months = earlier.CheckedMonthsOf(table.Name);
            string? newest = months.Where(Months.IsCalendar).Where(month => string.CompareOrdinal(month, now) <= 0).Max(StringComparer.Ordinal);
            if (newest is not null)
            {
                where.Add(table.Name, table.WhereFrom(newest));
            }
            else if (months.Count > 0)
            {
                where.Add(table.Name, table.WhereFrom(now));
            }
        }

        return new RangeChoice(tables, where, isGuess: true);
    }

    /// <summary>The choice after one that missed some ranges.</summary>
    public RangeChoice Next(IReadOnlyList<(string Table, string Month)> missing)
    {
        Dictionary<string, string> where = [];
        if (_isGuess)
        {
            foreach ((string table, string condition) in _where)
            {
                RangeTable changed = _tables.First(one => one.Name == table);
                string[] months = [.. missing.Where(range => range.Table == table).Select(range => range.Month)];
                if (months.Length <= MostMonths)
                {
                    where.Add(table, string.Join(" OR ", months.Select(changed.Where).Prepend(condition)));
                }
            }
        }

        return new RangeChoice(_tables, where, isGuess: false);
    }

    /// <summary>Who dumps what: a process for each table of which only some rows come; of the others the largest alone while streams are left.</summary>
    public IReadOnlyList<RowWish> Wishes(DatabaseFacts facts, IReadOnlyList<RangeTable> tables, int streams)
    {
        string[] alone = [.. tables.Select(table => table.Name).Where(table => !_where.ContainsKey(table)).Take(Math.Clamp(streams, 1, 4) - 1)];
        string[] together = [.. facts.Tables.Keys.Where(table => !_where.ContainsKey(table) && !alone.Contains(table)).Order(StringComparer.Ordinal)];
        return
        [
            .. alone.Select(table => new RowWish([table], null)),
            .. _where.Select(table => new RowWish([table.Key], table.Value)),
            .. together.Length == 0 ? Enumerable.Empty<RowWish>() : [new RowWish(together, null)],
        ];
    }
}
