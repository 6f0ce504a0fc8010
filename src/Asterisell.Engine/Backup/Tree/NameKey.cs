using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Tree;

/// <summary>16 bytes that stand for a name, so that a hundred thousand names cost a few megabytes.</summary>
internal readonly record struct NameKey(ulong High, ulong Low)
{
    public static NameKey Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return new NameKey(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]));
    }
}
