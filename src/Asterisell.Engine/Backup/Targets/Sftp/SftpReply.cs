using System.Buffers.Binary;
using System.Text;

namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>Reads the fields of an answer. What is shorter than it says is no answer.</summary>
internal sealed class SftpReply(SftpKind kind, byte[] body)
{
    private int _position;

    public SftpKind Kind => kind;

    /// <summary>Bytes not read yet.</summary>
    public int Left => body.Length - _position;

    public uint ReadNumber() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong ReadLong() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public ReadOnlySpan<byte> ReadBytes()
    {
        uint length = ReadNumber();
        return length > int.MaxValue ? throw new InvalidDataException("a field is longer than its packet") : Take((int)length);
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    public SftpEntry ReadAttributes(string name)
    {
        uint flags = ReadNumber();
        ulong size = (flags & 1) != 0 ? ReadLong() : 0;
        _ = (flags & 2) != 0 ? ReadLong() : 0;
        uint mode = (flags & 4) != 0 ? ReadNumber() : 0;
        uint modified = (flags & 8) != 0 ? (uint)ReadLong() : 0;
        for (uint left = (flags & 0x80000000) != 0 ? ReadNumber() : 0; left > 0; left--)
        {
            _ = ReadBytes();
            _ = ReadBytes();
        }

        return new SftpEntry(name, (long)Math.Min(size, long.MaxValue), mode, DateTimeOffset.FromUnixTimeSeconds(modified));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
        {
            throw new InvalidDataException("a packet is shorter than its fields");
        }

        _position += count;
        return body.AsSpan(_position - count, count);
    }
}

/// <summary>What a server says of one name.</summary>
/// <param name="Name">Name in its folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Mode">Type and permissions as <c>st_mode</c> has them.</param>
/// <param name="ModifiedAt">UTC, whole seconds, by the server's clock.</param>
internal sealed record SftpEntry(string Name, long Size, uint Mode, DateTimeOffset ModifiedAt)
{
    private const uint TypeMask = 0xF000;

    public bool IsFolder => (Mode & TypeMask) == 0x4000;

    public bool IsFile => (Mode & TypeMask) == 0x8000;
}
