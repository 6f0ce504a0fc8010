using System.Text;

namespace Asterisell.Engine.Backup.Restore.Files;

/// <summary>Makes the blocks of a tar: names are bytes, long ones stand in an entry before theirs as GNU tar has it.</summary>
/// <remarks>System.Formats.Tar takes text for names; a name of a Unix system need not be text.</remarks>
internal static class TarEntries
{
    public const int BlockSize = 512;

    private const int LongestName = 100;
    private const long LargestOctal = 0x1FFFFF;

    /// <summary>Two empty blocks: the end.</summary>
    public static byte[] End { get; } = new byte[2 * BlockSize];

    /// <summary>The blocks before the content of an entry.</summary>
    public static byte[] Head(NewTarEntry entry)
    {
        using MemoryStream head = new();
        WriteLong(head, (byte)'K', entry.LinkName);
        WriteLong(head, (byte)'L', entry.Name);
        head.Write(Header(entry.Type, entry.Name, entry.LinkName, entry.Size, entry));
        return head.ToArray();
    }

    /// <summary>Zeros after a content, up to a whole block.</summary>
    public static int Padding(long size) => (int)((BlockSize - (size % BlockSize)) % BlockSize);

    private static void WriteLong(MemoryStream head, byte type, byte[] name)
    {
        if (name.Length <= LongestName)
        {
            return;
        }

        head.Write(Header(type, "././@LongLink"u8, [], name.Length + 1, null));
        head.Write(name);
        head.Write(new byte[1 + Padding(name.Length + 1)]);
    }

    private static byte[] Header(byte type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> linkName, long size, NewTarEntry? entry)
    {
        byte[] block = new byte[BlockSize];
        name[..Math.Min(name.Length, LongestName)].CopyTo(block);
        Number(block.AsSpan(100, 8), entry?.Mode ?? 0);
        Number(block.AsSpan(108, 8), entry?.UserId ?? 0);
        Number(block.AsSpan(116, 8), entry?.GroupId ?? 0);
        Number(block.AsSpan(124, 12), size);
        Number(block.AsSpan(136, 12), entry?.ModifiedAt.ToUnixTimeSeconds() ?? 0);
        block.AsSpan(148, 8).Fill((byte)' ');
        block[156] = type;
        linkName[..Math.Min(linkName.Length, LongestName)].CopyTo(block.AsSpan(157));
        "ustar  \0"u8.CopyTo(block.AsSpan(257));
        Text(block.AsSpan(265, 32), entry?.Owner);
        Text(block.AsSpan(297, 32), entry?.Group);
        int sum = 0;
        foreach (byte part in block)
        {
            sum += part;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(block.AsSpan(148));
        return block;
    }

    /// <summary>A name of an account; one too long for the field is left to its number.</summary>
    private static void Text(Span<byte> field, string? text)
    {
        if (text is not null && Encoding.UTF8.GetByteCount(text) < field.Length)
        {
            Encoding.UTF8.GetBytes(text, field);
        }
    }

    /// <summary>Octal, or in base 256 what is too large for it or negative.</summary>
    private static void Number(Span<byte> field, long value)
    {
        if (value >= 0 && (field.Length > 8 ? value < 1L << 33 : value <= LargestOctal))
        {
            Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(field.Length - 1, '0')).CopyTo(field);
            return;
        }

        for (int i = field.Length - 1; i >= 0; i--, value >>= 8)
        {
            field[i] = (byte)value;
        }

        field[0] |= 0x80;
    }
}

/// <summary>One entry of a tar to be made.</summary>
internal sealed record NewTarEntry
{
    /// <summary>Relative.</summary>
    public required byte[] Name { get; init; }

    /// <summary><c>0</c> file, <c>2</c> symbolic link, <c>5</c> folder.</summary>
    public required byte Type { get; init; }

    public long Size { get; init; }

    public int Mode { get; init; }

    public long UserId { get; init; }

    public long GroupId { get; init; }

    public string? Owner { get; init; }

    public string? Group { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Target of a symbolic link.</summary>
    public byte[] LinkName { get; init; } = [];
}
