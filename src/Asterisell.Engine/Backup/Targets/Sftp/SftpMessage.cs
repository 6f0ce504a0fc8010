using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>Builds one packet of SFTP version 3 (draft-ietf-secsh-filexfer-02): length, kind, id, then its fields.</summary>
internal sealed class SftpMessage
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64);

    public SftpMessage(SftpKind kind, uint? id)
    {
        _bytes.Write<byte>([0, 0, 0, 0, (byte)kind]);
        if (id is { } number)
        {
            Add(number);
        }
    }

    public SftpMessage Add(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        _bytes.Write(four);
        return this;
    }

    public SftpMessage Add(ulong value) => Add((uint)(value >> 32)).Add((uint)value);

    public SftpMessage Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public SftpMessage Add(ReadOnlySpan<byte> bytes)
    {
        Add((uint)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Attributes of a new file or folder: its permissions, nothing else.</summary>
    public SftpMessage AddMode(UnixFileMode mode) => Add(4u).Add((uint)mode);

    /// <summary>The packet as it goes over the wire.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        BinaryPrimitives.WriteUInt32BigEndian(MemoryMarshal.AsMemory(_bytes.WrittenMemory).Span, (uint)_bytes.WrittenCount - 4);
        return _bytes.WrittenMemory;
    }
}

/// <summary>Kinds of packets.</summary>
internal enum SftpKind : byte
{
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LinkStat = 7,
    OpenFolder = 11,
    ReadFolder = 12,
    Remove = 13,
    MakeFolder = 14,
    RemoveFolder = 15,
    Status = 101,
    Handle = 102,
    Data = 103,
    Names = 104,
    Attributes = 105,
    Extended = 200,
    ExtendedReply = 201,
}
