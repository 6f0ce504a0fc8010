using System.Globalization;
using System.Text;

namespace Asterisell.Engine.Operations;

/// <summary>The difference of two texts by lines, in the unified form, by Myers' algorithm.</summary>
internal static class TextDiff
{
    private const int Context = 3;

    /// <summary>Texts that differ in more lines are shown as one block replaced by the other: the search grows with the square of that.</summary>
    private const int MostSteps = 2000;

    /// <summary>The hunks; empty where the texts are the same.</summary>
    public static string Unified(string before, string after)
    {
        string[] from = Lines(before);
        string[] to = Lines(after);
        List<(char Sign, string Line)> script = Script(from, to);
        var text = new StringBuilder();
        for (int at = 0; at < script.Count;)
        {
            int change = script.FindIndex(at, line => line.Sign != ' ');
            if (change < 0)
            {
                break;
            }

            int start = Math.Max(at, change - Context);
            int end = EndOf(script, change);
            AppendHunk(text, script, start, end);
            at = end;
        }

        return text.ToString();
    }

    /// <summary>Lines that go and lines that come.</summary>
    public static (int Removed, int Added) Count(string before, string after)
    {
        List<(char Sign, string Line)> script = Script(Lines(before), Lines(after));
        return (script.Count(line => line.Sign == '-'), script.Count(line => line.Sign == '+'));
    }

    private static string[] Lines(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines is [.. var all, ""] ? all : lines;
    }

    /// <summary>Behind the last line of the hunk that begins with a change: its context, and changes whose contexts touch.</summary>
    private static int EndOf(List<(char Sign, string Line)> script, int change)
    {
        int last = change;
        for (int at = change; at < script.Count && at - last <= 2 * Context; at++)
        {
            last = script[at].Sign == ' ' ? last : at;
        }

        return Math.Min(script.Count, last + 1 + Context);
    }

    private static void AppendHunk(StringBuilder text, List<(char Sign, string Line)> script, int start, int end)
    {
        int from = script.Take(start).Count(line => line.Sign != '+');
        int to = script.Take(start).Count(line => line.Sign != '-');
        int fromCount = script.Skip(start).Take(end - start).Count(line => line.Sign != '+');
        int toCount = script.Skip(start).Take(end - start).Count(line => line.Sign != '-');
        text.Append(CultureInfo.InvariantCulture, $"@@ -{from + Math.Min(1, fromCount)},{fromCount} +{to + Math.Min(1, toCount)},{toCount} @@\n");
        foreach ((char sign, string line) in script.Skip(start).Take(end - start))
        {
            text.Append(sign).Append(line).Append('\n');
        }
    }

    private static List<(char Sign, string Line)> Script(string[] from, string[] to)
    {
        int head = 0;
        while (head < from.Length && head < to.Length && from[head] == to[head])
        {
            head++;
        }

        int tail = 0;
        while (tail < from.Length - head && tail < to.Length - head && from[^(tail + 1)] == to[^(tail + 1)])
        {
            tail++;
        }

        List<(char, string)> script = [.. from.Take(head).Select(line => (' ', line))];
        script.AddRange(Middle(from[head..^tail], to[head..^tail]));
        script.AddRange(from.Skip(from.Length - tail).Select(line => (' ', line)));
        return script;
    }

    /// <summary>Keeps the furthest points of each number of steps, and walks back along them.</summary>
    private static List<(char Sign, string Line)> Middle(string[] from, string[] to)
    {
        int most = Math.Min(from.Length + to.Length, MostSteps);
        int[] furthest = new int[(2 * most) + 3];
        List<int[]> trace = [];
        for (int steps = 0; steps <= most; steps++)
        {
            trace.Add(furthest[(most - steps)..(most + steps + 3)]);
            for (int diagonal = -steps; diagonal <= steps; diagonal += 2)
            {
                int at = most + 1 + diagonal;
                int x = diagonal == -steps || (diagonal != steps && furthest[at - 1] < furthest[at + 1]) ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < from.Length && x - diagonal < to.Length && from[x] == to[x - diagonal])
                {
                    x++;
                }

                furthest[at] = x;
                if (x >= from.Length && x - diagonal >= to.Length)
                {
                    return WalkBack(from, to, trace);
                }
            }
        }

        return [.. from.Select(line => ('-', line)), .. to.Select(line => ('+', line))];
    }

    private static List<(char Sign, string Line)> WalkBack(string[] from, string[] to, List<int[]> trace)
    {
        List<(char, string)> script = [];
        int x = from.Length, y = to.Length;
        for (int steps = trace.Count - 1; steps >= 0; steps--)
        {
            int[] furthest = trace[steps];
            int diagonal = x - y;
            int at = steps + 1 + diagonal;
            bool down = diagonal == -steps || (diagonal != steps && furthest[at - 1] < furthest[at + 1]);
            int startX = steps == 0 ? 0 : down ? furthest[at + 1] : furthest[at - 1];
            int startY = steps == 0 ? 0 : startX - (diagonal + (down ? 1 : -1));
            while (x > startX && y > startY)
            {
                script.Add((' ', from[--x]));
                y--;
            }

            if (steps > 0)
            {
                script.Add(down ? ('+', to[--y]) : ('-', from[--x]));
            }
        }

        script.Reverse();
        return script;
    }
}
