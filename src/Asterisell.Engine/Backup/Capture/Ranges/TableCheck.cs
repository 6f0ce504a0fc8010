using System.Globalization;
using System.Numerics;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture.Ranges;

/// <summary>What the database says of the rows of a table, by day; gathered from several questions.</summary>
internal sealed class TableCheck(string checksumName)
{
    private readonly SortedDictionary<string, (long Rows, BigInteger Sum)> _days = new(StringComparer.Ordinal);

    /// <summary>Rows of each day; the empty text stands for rows without a date.</summary>
    public IEnumerable<(string Day, long Rows)> Days => _days.Select(day => (day.Key, day.Value.Rows));

    /// <summary>Rows in all.</summary>
    public long Rows => _days.Values.Sum(day => day.Rows);

    /// <summary>Takes rows of an answer: day, rows, sum; from several threads.</summary>
    public void Add(IReadOnlyList<string[]> answer)
    {
        lock (_days)
        {
            foreach (string[] row in answer)
            {
                (long rows, BigInteger sum) = _days.GetValueOrDefault(row[0]);
                _days[row[0]] = (rows + long.Parse(row[1], CultureInfo.InvariantCulture), sum + BigInteger.Parse(row[2], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Rows and checksum of each month; a table without rows has <see cref="ManifestRange.NoMonth"/> with none.</summary>
    public IReadOnlyDictionary<string, (long Rows, string Checksum)> ByMonth()
    {
        Dictionary<string, (long Rows, string Checksum)> months = _days.GroupBy(day => Months.Of(day.Key)).ToDictionary(
            month => month.Key,
            month => (month.Sum(day => day.Value.Rows), Text(month.Aggregate(BigInteger.Zero, (sum, day) => sum + day.Value.Sum))));
        if (months.Count == 0)
        {
            months.Add(ManifestRange.NoMonth, (0, Text(BigInteger.Zero)));
        }

        return months;
    }

    private string Text(BigInteger sum) => $"{checksumName}:{sum.ToString(CultureInfo.InvariantCulture)}";
}
