using System.Text;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>Writes tars that no honest program writes.</summary>
internal sealed class TarBuilder
{
    private readonly List<byte> _bytes = [];
    private readonly List<byte[]> _names = [];

    /// <summary>What find would have printed of its entries, as their reader is told it.</summary>
    public Dictionary<NameKey, byte[]> Asked()
    {
        Dictionary<NameKey, byte[]> asked = [];
        foreach (byte[] name in _names)
        {
            asked[NameKey.Of(name)] = Found(name);
        }

        return asked;
    }

    /// <summary>What find prints of a file.</summary>
    public static byte[] Found(byte[] name) => [.. "f:3:1714613760.5000000000:1714529656.1234567890:64769:4711:644:0:0:root:root:/"u8, .. name];

    public TarBuilder File(string name, string content) => Add(Encoding.Latin1.GetBytes(name), '0', Encoding.UTF8.GetBytes(content));

    public TarBuilder Directory(string name) => Add(Encoding.Latin1.GetBytes(name), '5', []);

    public TarBuilder Link(string name, string target) => Add(Encoding.Latin1.GetBytes(name), '2', [], target);

    public TarBuilder Add(byte[] name, char type, byte[] content, string link = "", string? size = null)
    {
        _names.Add([.. name.AsSpan().TrimEnd((byte)'/')]);
        byte[] header = new byte[512];
        name.CopyTo(header, 0);
        Put(header, 100, "0000644\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0");
        Put(header, 136, "14614567000\0");
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, "ustar  \0");
        Put(header, 265, "root");
        Put(header, 297, "root");
        Put(header, 148, "        ");
        Put(header, 148, Convert.ToString(header.Sum(part => part), 8).PadLeft(6, '0') + "\0 ");
        _bytes.AddRange(header);
        _bytes.AddRange(content);
        _bytes.AddRange(new byte[(512 - (content.Length % 512)) % 512]);
        return this;
    }

    /// <summary>Bytes so far, without an end.</summary>
    public byte[] Unfinished() => _bytes.ToArray();

    /// <summary>The whole tar.</summary>
    public byte[] Finish() => [.. _bytes, .. new byte[1024]];

    private static void Put(byte[] header, int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(header, at);
}
