using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>One row of an INSERT statement.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Literals">Its cells as they stand in the statement: numbers, quoted texts, NULL.</param>
internal sealed record DumpRow(string Table, IReadOnlyList<string> Literals)
{
    /// <summary>Tells rows apart without keeping them.</summary>
    public UInt128 Hash
    {
        get
        {
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(ByteText.Encode(string.Join('\u001f', Literals)), hash);
            return BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }
    }

    /// <summary>The value of a cell as people read it; null for NULL.</summary>
    public static string? Read(string literal)
    {
        int quote = literal.IndexOf('\'', StringComparison.Ordinal);
        if (quote < 0)
        {
            return literal == "NULL" ? null : literal;
        }

        var text = new StringBuilder();
        for (int i = quote + 1; i < literal.Length - 1; i++)
        {
            char sign = literal[i];
            text.Append(sign != '\\' || i + 1 >= literal.Length - 1 ? sign : literal[++i] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'Z' => '\u001a',
                var other => other,
            });
        }

        return text.ToString();
    }
}
