using System.Buffers;
using System.Text;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>
/// Passes the text of a mysqldump on, cut anywhere, with this instance's own user as the definer of views and triggers. Refuses a text that
/// chooses its database itself: it would be loaded over the present data instead of beside them.
/// </summary>
/// <remarks>
/// It goes by the begins of lines: mysqldump writes a line break within a value as <c>\n</c>, so no value begins a line. Only short lines are
/// kept until they are whole; the lines of rows pass through.
/// </remarks>
internal sealed class DumpFileFilter(string definer, IBufferWriter<byte> output)
{
    private const int LongestHeld = 16 * 1024 * 1024;

    private static readonly byte[][] Held = [.. new[] { "/*!", "CREATE ", "USE " }.Select(Encoding.ASCII.GetBytes)];
    private static readonly int LongestBegin = Held.Max(begin => begin.Length);

    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private State _state = State.Begin;

    private enum State
    {
        Begin,
        Hold,
        Pass,
    }

    /// <summary>The next text.</summary>
    /// <exception cref="InvalidDataException">It is no text for one database.</exception>
    public void Feed(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            bool isWhole = end >= 0;
            ReadOnlySpan<byte> part = isWhole ? text[..(end + 1)] : text;
            text = text[part.Length..];
            if (_state == State.Pass)
            {
                output.Write(part);
            }
            else
            {
                Keep(part, isWhole);
            }

            if (isWhole)
            {
                Flush();
                _state = State.Begin;
            }
        }
    }

    /// <summary>Passes on what a last line without its end left.</summary>
    public void Complete() => Flush();

    private void Keep(ReadOnlySpan<byte> part, bool isWhole)
    {
        if (_line.WrittenCount + part.Length > LongestHeld)
        {
            throw new InvalidDataException("a statement that makes a view or a trigger does not end");
        }

        _line.Write(part);
        if (_state == State.Begin && (isWhole || _line.WrittenCount >= LongestBegin))
        {
            _state = IsHeld(_line.WrittenSpan) ? State.Hold : State.Pass;
            if (_state == State.Pass)
            {
                output.Write(_line.WrittenSpan);
                _line.ResetWrittenCount();
            }
        }
    }

    private static bool IsHeld(ReadOnlySpan<byte> line)
    {
        foreach (byte[] begin in Held)
        {
            if (line.StartsWith(begin))
            {
                return true;
            }
        }

        return false;
    }

    private void Flush()
    {
        ReadOnlySpan<byte> line = _line.WrittenSpan;
        if (line.StartsWith("USE "u8) || line.StartsWith("CREATE DATABASE"u8))
        {
            throw new InvalidDataException($"it chooses a database itself ({ByteText.Decode(line).Trim()}), as no backup of the application does");
        }

        if (line.IndexOf("DEFINER"u8) < 0)
        {
            output.Write(line);
        }
        else
        {
            output.Write(ByteText.Encode(ObjectText.Adapt(ByteText.Decode(line), definer, null, string.Empty)));
        }

        _line.ResetWrittenCount();
    }
}
