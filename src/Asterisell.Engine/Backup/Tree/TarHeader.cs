using System.Text;

namespace Asterisell.Engine.Backup.Tree;

/// <summary>Reads the 512 bytes before an entry of a tar.</summary>
internal static class TarHeader
{
    public const int BlockSize = 512;

    /// <summary>True when the checksum of the header fits its bytes.</summary>
    public static bool HasGoodChecksum(ReadOnlySpan<byte> header)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < BlockSize; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : header[i];
        }

        return TryNumber(header.Slice(148, 8), out long stored) && stored == sum;
    }

    /// <summary>A number in octal, or in base 256 where the first bit is set.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0)
        {
            return TryBase256(field, out value);
        }

        ReadOnlySpan<byte> digits = field.TrimStart((byte)' ').TrimEnd("\0 "u8);
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3)
            {
                return false;
            }

            value = (value << 3) | (long)(digit - '0');
        }

        return true;
    }

    /// <summary>Text up to the first NUL.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>The name, with the prefix that POSIX headers have and GNU ones don't.</summary>
    public static byte[] Name(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> name = Text(header[..100]);
        bool posix = header.Slice(257, 6).SequenceEqual("ustar\0"u8);
        ReadOnlySpan<byte> prefix = posix ? Text(header.Slice(345, 155)) : [];
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    public static string String(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(Text(field));

    /// <summary>UTC; times that no calendar holds become its nearest end.</summary>
    public static DateTimeOffset Time(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_799));

    private static bool TryBase256(ReadOnlySpan<byte> field, out long value)
    {
        bool negative = (field[0] & 0x40) != 0;
        value = negative ? -1 : 0;
        for (int i = 0; i < field.Length; i++)
        {
            byte part = i == 0 ? (byte)(negative ? field[0] | 0x80 : field[0] & 0x7F) : field[i];
            if (value is > long.MaxValue >> 8 or < long.MinValue >> 8)
            {
                return false;
            }

            value = (value << 8) | part;
        }

        return true;
    }
}
