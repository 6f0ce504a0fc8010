namespace Asterisell.Engine.Inventory;

/// <summary>What was probably meant: the known word with the smallest edit distance, if it is small.</summary>
internal static class NearestName
{
    private const int LongestWord = 64;

    /// <summary>The nearest of some words; null when none is near. Case counts little.</summary>
    public static string? Find(string word, IEnumerable<string> known) => FindAll(word, known, 1) is [string first] ? first : null;

    /// <summary>A word that differs in one letter at most.</summary>
    public static string? FindTwin(string word, IEnumerable<string> known) =>
        Find(word, known.Where(name => word.Length <= LongestWord && Distance(word.ToUpperInvariant(), name.ToUpperInvariant(), 1) <= 1));

    /// <summary>The nearest words, best first.</summary>
    public static IReadOnlyList<string> FindAll(string word, IEnumerable<string> known, int count)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return [];
        }

        int allowed = word.Length <= 3 ? 1 : word.Length <= 6 ? 2 : 3;
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(name => (name, distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant(), allowed)))
                .Where(pair => pair.distance <= allowed)
                .OrderBy(pair => pair.distance)
                .ThenBy(pair => pair.name.Length > 0 && char.ToUpperInvariant(pair.name[0]) == char.ToUpperInvariant(word[0]) ? 0 : 1)
                .ThenBy(pair => pair.name, StringComparer.Ordinal)
                .Take(count).Select(pair => pair.name),
        ];
    }

    /// <summary>Inserted, left out, replaced and swapped letters between two words; more than the allowed number is not counted exactly.</summary>
    private static int Distance(string a, string b, int allowed)
    {
        if (Math.Abs(a.Length - b.Length) > allowed)
        {
            return allowed + 1;
        }

        int[] beforeLast = new int[b.Length + 1];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
