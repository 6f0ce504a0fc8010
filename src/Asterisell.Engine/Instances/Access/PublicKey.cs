using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Instances.Access;

/// <summary>A public key of SSH.</summary>
/// <param name="Type">For example <c>ssh-ed25519</c>.</param>
/// <param name="Blob">The key as it goes over the wire: length-prefixed fields, the first of which is the type.</param>
/// <param name="Comment">What stands behind it.</param>
public sealed record PublicKey(string Type, ReadOnlyMemory<byte> Blob, string Comment)
{
    private const int LeastRsaBits = 2048;

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "ssh-ed25519", "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    };

    /// <summary>As <c>ssh-keygen -l</c> says it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Blob.Span)).TrimEnd('=');

    /// <summary>Strength; null where the blob is cut.</summary>
    public int? Bits => Type switch
    {
        "ssh-rsa" => Number(2),
        "ssh-dss" => Number(1),
        "ecdsa-sha2-nistp384" => 384,
        "ecdsa-sha2-nistp521" => 521,
        _ => 256,
    };

    /// <summary>True for keys that are too short, or of a type that OpenSSH refuses since 7.0.</summary>
    public bool IsWeak => Type == "ssh-dss" || (Type == "ssh-rsa" && Bits < LeastRsaBits);

    /// <summary>A line of <c>authorized_keys</c> for it.</summary>
    public override string ToString()
    {
        string line = $"{Type} {Convert.ToBase64String(Blob.Span)}";
        return Comment.Length == 0 ? line : $"{line} {Comment}";
    }

    /// <summary>Reads <c>TYPE BASE64 [COMMENT]</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        string[] words = text.Trim().Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !Types.Contains(words[0]))
        {
            return false;
        }

        byte[] blob = new byte[words[1].Length];
        if (!Convert.TryFromBase64String(words[1], blob, out int length))
        {
            return false;
        }

        var found = new PublicKey(words[0], blob.AsMemory(0, length), words.Length == 3 ? words[2].Trim() : "");
        bool whole = found.Fields() is { Count: > 1 } fields && Encoding.ASCII.GetString(fields[0].Span) == found.Type;
        key = whole ? found : null;
        return whole;
    }

    private int? Number(int field) => Fields() is { } fields && fields.Count > field
        ? (int)new BigInteger(fields[field].Span, isUnsigned: true, isBigEndian: true).GetBitLength()
        : null;

    /// <summary>The fields of the blob; null where it is cut.</summary>
    private List<ReadOnlyMemory<byte>>? Fields()
    {
        var fields = new List<ReadOnlyMemory<byte>>();
        ReadOnlyMemory<byte> rest = Blob;
        while (rest.Length >= 4)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
            if (length > rest.Length - 4)
            {
                return null;
            }

            fields.Add(rest.Slice(4, (int)length));
            rest = rest[(4 + (int)length)..];
        }

        return rest.Length == 0 ? fields : null;
    }
}
