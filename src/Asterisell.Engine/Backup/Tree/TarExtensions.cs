using System.Globalization;
using System.Text;

namespace Asterisell.Engine.Backup.Tree;

/// <summary>What the extended headers before an entry say of it: GNU long names and pax records.</summary>
internal sealed class TarExtensions
{
    public byte[]? Name { get; private set; }

    public byte[]? LinkName { get; private set; }

    public long? Size { get; private set; }

    public long? UserId { get; private set; }

    public long? GroupId { get; private set; }

    public string? Owner { get; private set; }

    public string? Group { get; private set; }

    /// <summary>Seconds since 1970, UTC.</summary>
    public double? ModifiedAt { get; private set; }

    /// <summary>Takes one extended header; a global one (<c>g</c>) says nothing of a single entry.</summary>
    public void Add(byte type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case (byte)'L':
                Name = TarHeader.Text(content).ToArray();
                break;
            case (byte)'K':
                LinkName = TarHeader.Text(content).ToArray();
                break;
            case (byte)'x':
                AddRecords(content);
                break;
            default:
                break;
        }
    }

    /// <summary>Records are <c>LENGTH KEY=VALUE\n</c>, the length counting all of it.</summary>
    private void AddRecords(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            int blank = content.IndexOf((byte)' ');
            if (blank is < 1 or > 8
                || !int.TryParse(content[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= blank + 2 || length > content.Length || content[length - 1] != '\n')
            {
                throw new InvalidDataException("an extended header is malformed");
            }

            ReadOnlySpan<byte> record = content[(blank + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals < 1)
            {
                throw new InvalidDataException("an extended header is malformed");
            }

            AddRecord(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..]);
            content = content[length..];
        }
    }

    private void AddRecord(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path":
                Name = WithoutNul(value);
                break;
            case "linkpath":
                LinkName = WithoutNul(value);
                break;
            case "size":
                Size = Integer(value);
                break;
            case "uid":
                UserId = Integer(value);
                break;
            case "gid":
                GroupId = Integer(value);
                break;
            case "uname":
                Owner = Encoding.UTF8.GetString(value);
                break;
            case "gname":
                Group = Encoding.UTF8.GetString(value);
                break;
            case "mtime":
                ModifiedAt = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && double.IsFinite(seconds)
                    ? seconds
                    : throw new InvalidDataException("the time of an entry is not a number");
                break;
            default:
                if (key.StartsWith("GNU.sparse", StringComparison.Ordinal))
                {
                    throw new InvalidDataException("it has a sparse file, which was not asked for");
                }

                break;
        }
    }

    private static byte[] WithoutNul(ReadOnlySpan<byte> value) =>
        value.Contains((byte)0) ? throw new InvalidDataException("a name holds a NUL") : value.ToArray();

    private static long Integer(ReadOnlySpan<byte> value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidDataException("a number of an entry is not a number");
}
