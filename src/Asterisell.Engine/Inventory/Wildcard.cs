namespace Asterisell.Engine.Inventory;

/// <summary>PowerShell's wildcards: <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[a-z]</c>, and the backtick before a character that is meant as itself.</summary>
public static class Wildcard
{
    /// <summary>True when a pattern can match more than one text.</summary>
    public static bool HasWildcard(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '`')
            {
                i++;
            }
            else if (pattern[i] is '*' or '?' or '[')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a text is what a pattern says. Upper and lower case are the same. Time grows with the product of both lengths at worst.</summary>
    public static bool IsMatch(string pattern, string text)
    {
        int p = 0;
        int t = 0;
        int starAt = -1;
        int resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starAt, resume) = (p++, t);
            }
            else if (p < pattern.Length && MatchOne(pattern, p, text[t], out int next))
            {
                (p, t) = (next, t + 1);
            }
            else if (starAt >= 0)
            {
                (p, t) = (starAt + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool MatchOne(string pattern, int at, char c, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '`' when next < pattern.Length:
                next++;
                return Same(pattern[at + 1], c);
            case '[' when pattern.IndexOf(']', at + 2 <= pattern.Length ? at + 2 : at + 1) is var end and > 0:
                next = end + 1;
                return InSet(pattern.AsSpan(at + 1, end - at - 1), c);
            default:
                return Same(pattern[at], c);
        }
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (int i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                (char low, char high) = (char.ToUpperInvariant(set[i]), char.ToUpperInvariant(set[i + 2]));
                if (char.ToUpperInvariant(c) >= low && char.ToUpperInvariant(c) <= high)
                {
                    return true;
                }

                i += 2;
            }
            else if (Same(set[i], c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
