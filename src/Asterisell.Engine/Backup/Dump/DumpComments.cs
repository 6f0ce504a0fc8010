namespace Asterisell.Engine.Backup.Dump;

/// <summary>The comments that mysqldump writes between tables.</summary>
internal static class DumpComments
{
    /// <summary>True for text without any statement.</summary>
    public static bool AreAll(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? lines : lines[..end]).Trim(" \r"u8);
            if (!line.IsEmpty && !line.StartsWith("--"u8))
            {
                return false;
            }

            lines = end < 0 ? [] : lines[(end + 1)..];
        }

        return true;
    }

    /// <summary>Where the comment begins that stands before the first table; the length of the text where it ends without one.</summary>
    public static int FindLast(ReadOnlySpan<byte> head)
    {
        int comment = head.LastIndexOf("--\n-- "u8);
        return comment > 0 && AreAll(head[comment..]) ? comment : head.Length;
    }
}
