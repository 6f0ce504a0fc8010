using System.Text;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>What a statement of a dump makes.</summary>
internal enum DumpObject
{
    None,
    Table,
    View,
    Trigger,
    Routine,
    Event,

    /// <summary>No object: from here on come the rows of a table, if it has any.</summary>
    Rows,
}

/// <summary>Reads the head of a statement.</summary>
internal static class DumpStatement
{
    /// <summary>
    /// What a statement creates, and its name; for LOCK TABLES, which mysqldump writes before the rows of each table, that table.
    /// </summary>
    /// <param name="head">Begin of the statement, comments left out, conditional ones unwrapped.</param>
    /// <param name="conditional">
    /// True when it stood in a conditional comment: mysqldump writes views first as such a table, so that they can refer to each other.
    /// </param>
    public static (DumpObject Kind, string Name) Classify(ReadOnlySpan<byte> head, bool conditional)
    {
        int position = 0;
        ReadOnlySpan<byte> first = NextWord(head, ref position);
        if (first.SequenceEqual("LOCK"u8) && NextWord(head, ref position).SequenceEqual("TABLES"u8))
        {
            return (DumpObject.Rows, NextName(head, ref position));
        }

        if (!first.SequenceEqual("CREATE"u8))
        {
            return (DumpObject.None, string.Empty);
        }

        while (position < head.Length)
        {
            ReadOnlySpan<byte> word = NextWord(head, ref position);
            DumpObject kind = KindOf(word);
            if (kind != DumpObject.None)
            {
                string name = NextName(head, ref position);
                return (kind == DumpObject.Table && conditional ? DumpObject.View : kind, name);
            }
        }

        return (DumpObject.None, string.Empty);
    }

    /// <summary>Table of <c>INSERT INTO `name` … VALUES</c>; null while the head does not end with VALUES.</summary>
    public static string? TableOfInsert(ReadOnlySpan<byte> head)
    {
        if (!head.TrimEnd(" \t\r\n"u8).EndsWith("VALUES"u8))
        {
            return null;
        }

        int position = 0;
        while (position < head.Length)
        {
            if (NextWord(head, ref position).SequenceEqual("INTO"u8))
            {
                return NextName(head, ref position);
            }
        }

        return null;
    }

    private static DumpObject KindOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("TABLE"u8) ? DumpObject.Table
        : word.SequenceEqual("VIEW"u8) ? DumpObject.View
        : word.SequenceEqual("TRIGGER"u8) ? DumpObject.Trigger
        : word.SequenceEqual("PROCEDURE"u8) || word.SequenceEqual("FUNCTION"u8) || word.SequenceEqual("PACKAGE"u8) ? DumpObject.Routine
        : word.SequenceEqual("EVENT"u8) ? DumpObject.Event
        : DumpObject.None;

    /// <summary>The next bare word or sign; a quoted one is skipped and comes back empty.</summary>
    private static ReadOnlySpan<byte> NextWord(ReadOnlySpan<byte> head, ref int position)
    {
        SkipBlanks(head, ref position);
        int start = position;
        if (start < head.Length && head[start] is (byte)'`' or (byte)'\'' or (byte)'"')
        {
            _ = Quoted(head, ref position);
            return [];
        }

        while (position < head.Length && IsWord(head[position]))
        {
            position++;
        }

        if (position == start && position < head.Length)
        {
            position++;
        }

        return head[start..position];
    }

    private static string NextName(ReadOnlySpan<byte> head, ref int position)
    {
        SkipBlanks(head, ref position);
        if (position < head.Length && head[position] is (byte)'`' or (byte)'"')
        {
            return Quoted(head, ref position);
        }

        // IF NOT EXISTS does not occur in a dump; a bare name does where quoting was switched off.
        return Encoding.UTF8.GetString(NextWord(head, ref position));
    }

    private static string Quoted(ReadOnlySpan<byte> head, ref int position)
    {
        byte quote = head[position++];
        List<byte> name = [];
        while (position < head.Length)
        {
            byte next = head[position++];
            if (next == quote)
            {
                if (position >= head.Length || head[position] != quote)
                {
                    break;
                }

                position++;
            }

            name.Add(next);
        }

        return Encoding.UTF8.GetString([.. name]);
    }

    private static void SkipBlanks(ReadOnlySpan<byte> head, ref int position)
    {
        while (position < head.Length && head[position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            position++;
        }
    }

    private static bool IsWord(byte value) =>
        value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'$' or >= 0x80;
}
