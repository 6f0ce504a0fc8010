using System.Buffers.Text;
using System.Text;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Tree;

/// <summary>What <c>find</c> tells of one file, folder or link of the container. It lives as long as the bytes that it was read from.</summary>
internal readonly ref struct FoundEntry
{
    /// <summary>Type, size, modification and change time, device, inode, mode, owner and group by number and name; then the path, which may hold anything but NUL.</summary>
    public const string FindFormat = "%y:%s:%T@:%C@:%D:%i:%m:%U:%G:%u:%g:%p\\0";

    /// <summary>What it is; null for what no snapshot has, as sockets.</summary>
    public SnapshotEntryKind? Kind { get; private init; }

    /// <summary>Bytes, of a folder too.</summary>
    public long Size { get; private init; }

    /// <summary>Ticks of 100 ns since 1970, UTC.</summary>
    public long ModifiedTicks { get; private init; }

    /// <summary>Ticks of 100 ns since 1970, UTC: when content, name or rights changed last. Nobody can set it but the clock.</summary>
    public long ChangedTicks { get; private init; }

    /// <summary>Change time, device and inode, as printed. See <see cref="SnapshotEntry.Stamp"/>.</summary>
    public ReadOnlySpan<byte> Stamp { get; private init; }

    /// <summary>Everything but the name: as long as it is the same, nothing has changed.</summary>
    public ReadOnlySpan<byte> State { get; private init; }

    /// <summary>Exact bytes of the path, without the leading slash.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    private ReadOnlySpan<byte> Rights { get; init; }

    /// <summary>Reads what find printed of an entry, without its NUL.</summary>
    /// <exception cref="InvalidDataException">find does not print that.</exception>
    public static FoundEntry Parse(ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<byte> rest = record;
        ReadOnlySpan<byte> type = Field(record, ref rest);
        ReadOnlySpan<byte> size = Field(record, ref rest);
        ReadOnlySpan<byte> modified = Field(record, ref rest);
        int stamp = record.Length - rest.Length;
        ReadOnlySpan<byte> changed = Field(record, ref rest);
        _ = Field(record, ref rest);
        _ = Field(record, ref rest);
        int rights = record.Length - rest.Length;
        for (int i = 0; i < 5; i++)
        {
            _ = Field(record, ref rest);
        }

        if (type.Length != 1 || rest is not [(byte)'/', ..] || !Utf8Parser.TryParse(size, out long bytes, out int used) || used != size.Length)
        {
            throw Unknown(record);
        }

        return new FoundEntry
        {
            Kind = KindOf(type[0]),
            Size = bytes,
            ModifiedTicks = Ticks(record, modified),
            ChangedTicks = Ticks(record, changed),
            Stamp = record[stamp..(rights - 1)],
            Rights = record[rights..^(rest.Length + 1)],
            State = record[..^rest.Length],
            Name = rest[1..],
        };
    }

    /// <summary>An entry of a listing with what is told here: the rest, path and hash among it, as it was.</summary>
    public SnapshotEntry Renew(SnapshotEntry entry)
    {
        string[] rights = Encoding.UTF8.GetString(Rights).Split(':');
        return entry with
        {
            Mode = rights[0].PadLeft(4, '0'),
            UserId = long.Parse(rights[1], System.Globalization.CultureInfo.InvariantCulture),
            GroupId = long.Parse(rights[2], System.Globalization.CultureInfo.InvariantCulture),
            // find prints the number where there is no name.
            Owner = rights[3] == rights[1] ? null : rights[3],
            Group = rights[4] == rights[2] ? null : rights[4],
            ModifiedAt = ModifiedAt,
            Stamp = StampText,
        };
    }

    /// <summary>UTC.</summary>
    public DateTimeOffset ModifiedAt => ToTime(ModifiedTicks);

    public string StampText => Encoding.ASCII.GetString(Stamp);

    /// <summary>UTC; times that no calendar holds become its nearest end.</summary>
    public static DateTimeOffset ToTime(long ticks) => DateTimeOffset.UnixEpoch.AddTicks(
        Math.Clamp(ticks, -DateTimeOffset.UnixEpoch.Ticks, DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks));

    private static SnapshotEntryKind? KindOf(byte type) => type switch
    {
        (byte)'f' => SnapshotEntryKind.File,
        (byte)'d' => SnapshotEntryKind.Directory,
        (byte)'l' => SnapshotEntryKind.Link,
        (byte)'p' or (byte)'b' or (byte)'c' => SnapshotEntryKind.Special,
        _ => null,
    };

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> record, ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)':');
        if (end < 0)
        {
            throw Unknown(record);
        }

        ReadOnlySpan<byte> field = rest[..end];
        rest = rest[(end + 1)..];
        return field;
    }

    /// <summary>Of seconds with ten decimals.</summary>
    private static long Ticks(ReadOnlySpan<byte> record, ReadOnlySpan<byte> seconds)
    {
        const int Decimals = 7;
        bool negative = seconds is [(byte)'-', ..];
        ReadOnlySpan<byte> digits = negative ? seconds[1..] : seconds;
        int point = digits.IndexOf((byte)'.');
        if (!Utf8Parser.TryParse(digits, out long whole, out int used) || used != (point < 0 ? digits.Length : point) || whole > long.MaxValue / TimeSpan.TicksPerSecond - 1)
        {
            throw Unknown(record);
        }

        long ticks = 0;
        for (int i = 0; i < Decimals; i++)
        {
            int at = point + 1 + i;
            int digit = point < 0 || at >= digits.Length ? 0 : digits[at] - '0';
            ticks = digit is >= 0 and <= 9 ? (ticks * 10) + digit : throw Unknown(record);
        }

        ticks += whole * TimeSpan.TicksPerSecond;
        return negative ? -ticks : ticks;
    }

    private static InvalidDataException Unknown(ReadOnlySpan<byte> record) => new($"find wrote '{Encoding.UTF8.GetString(record)}'");
}
