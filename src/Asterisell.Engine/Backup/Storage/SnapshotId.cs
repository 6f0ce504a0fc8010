using System.Globalization;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>The name of a snapshot: its UTC time to the second, <c>yyyyMMddTHHmmssZ</c>. Sorting by text sorts by time.</summary>
internal readonly record struct SnapshotId : IComparable<SnapshotId>
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";

    private SnapshotId(DateTimeOffset time) => Time = time;

    /// <summary>UTC, whole seconds.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The id of a moment; parts of a second are cut off.</summary>
    public static SnapshotId From(DateTimeOffset moment)
    {
        DateTimeOffset utc = moment.ToUniversalTime();
        return new SnapshotId(new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero));
    }

    /// <summary>Reads an id; false for anything that is not exactly one.</summary>
    public static bool TryParse(string text, out SnapshotId id)
    {
        bool parsed = DateTimeOffset.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time);
        id = new SnapshotId(time);
        return parsed && id.ToString() == text;
    }

    /// <inheritdoc/>
    public int CompareTo(SnapshotId other) => Time.CompareTo(other.Time);

    /// <inheritdoc/>
    public override string ToString() => Time.ToString(Format, CultureInfo.InvariantCulture);

    public static bool operator <(SnapshotId left, SnapshotId right) => left.CompareTo(right) < 0;

    public static bool operator >(SnapshotId left, SnapshotId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SnapshotId left, SnapshotId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SnapshotId left, SnapshotId right) => left.CompareTo(right) >= 0;
}
