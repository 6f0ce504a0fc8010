using System.Text;
using Asterisell.Engine.Repository.Secrets;

namespace Asterisell.Engine.Repository.Conflicts;

/// <summary>Finds the places between conflict markers in a file.</summary>
internal static class ConflictText
{
    private const int LeastMarker = 7;
    private const int Looked = 8000;

    /// <summary>True for a file that is no text, as git judges it: a NUL near its beginning.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, Looked)].Contains((byte)0);

    /// <summary>The places; passwords in them are masked.</summary>
    /// <param name="content">The file with its markers, in any of git's conflict styles.</param>
    /// <param name="path">Its path, which says what may be a password in it.</param>
    /// <param name="swapped">True where git's first side is the new version's, as after a stash was applied.</param>
    public static IReadOnlyList<ConflictHunk> Parse(ReadOnlySpan<byte> content, string path, bool swapped)
    {
        if (IsBinary(content))
        {
            return [];
        }

        string[] lines = Encoding.UTF8.GetString(content).Split('\n');
        List<ConflictHunk> hunks = [];
        for (int at = 0; at < lines.Length; at++)
        {
            if (Marker(lines[at], '<') is int length && Read(lines, at, length, path, swapped) is var (hunk, end) && hunk is not null)
            {
                hunks.Add(hunk);
                at = end;
            }
        }

        return hunks;
    }

    private static (ConflictHunk? Hunk, int End) Read(string[] lines, int start, int length, string path, bool swapped)
    {
        List<string> first = [], middle = [], second = [];
        List<string> current = first;
        bool hasBase = false;
        for (int at = start + 1; at < lines.Length; at++)
        {
            if (current == first && Marker(lines[at], '|') == length)
            {
                (current, hasBase) = (middle, true);
            }
            else if (current != second && Marker(lines[at], '=') == length)
            {
                current = second;
            }
            else if (current == second && Marker(lines[at], '>') == length)
            {
                (List<string> ours, List<string> theirs) = swapped ? (second, first) : (first, second);
                return (new ConflictHunk(start + 1, ours, hasBase ? middle : null, theirs), at);
            }
            else
            {
                current.Add(SecretRules.Mask(lines[at].TrimEnd('\r'), path));
            }
        }

        return (null, start);
    }

    /// <summary>Length of a marker at the beginning of a line; null for another line.</summary>
    private static int? Marker(string line, char sign)
    {
        int length = line.Length - line.TrimStart(sign).Length;
        return length >= LeastMarker && (length == line.TrimEnd('\r').Length || line[length] == ' ') ? length : null;
    }
}
