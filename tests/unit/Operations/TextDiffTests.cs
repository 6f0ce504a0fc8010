using Asterisell.Engine.Operations;

namespace Asterisell.Tests.Unit.Operations;

/// <summary>Differences of texts in the unified form.</summary>
public sealed class TextDiffTests
{
    [Fact]
    public void A_change_stands_between_three_lines_of_context() => Assert.Equal(
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
        TextDiff.Unified("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"));

    [Fact]
    public void Changes_far_apart_are_two_hunks()
    {
        string before = string.Join('\n', Enumerable.Range(1, 30)) + "\n";
        string after = before.Replace("\n5\n", "\nx\n", StringComparison.Ordinal).Replace("\n25\n", "\n", StringComparison.Ordinal);
        Assert.Equal(
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n@@ -22,7 +22,6 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n", TextDiff.Unified(before, after));
        Assert.Equal((2, 1), TextDiff.Count(before, after));
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\n", "a\r\n", "")]
    [InlineData("", "a\n", "@@ -0,0 +1,1 @@\n+a\n")]
    [InlineData("a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n")]
    public void Ends(string before, string after, string diff) => Assert.Equal(diff, TextDiff.Unified(before, after));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_diff_makes_the_one_out_of_the_other(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            string[] before = Lines(random);
            string[] after = Lines(random);
            Assert.Equal(after, Apply(before, TextDiff.Unified(string.Join('\n', before) + "\n", string.Join('\n', after) + "\n")));
        }
    }

    [Fact]
    public void Texts_without_a_common_line_end_soon()
    {
        string before = string.Join('\n', Enumerable.Range(1, 50_000));
        string after = string.Join('\n', Enumerable.Range(100_000, 50_000));
        Assert.Equal((50_000, 50_000), TextDiff.Count(before, after));
    }

    private static string[] Lines(Random random) => [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => ((char)('a' + random.Next(4))).ToString())];

    private static string[] Apply(string[] before, string diff)
    {
        List<string> after = [];
        int at = 0;
        foreach (string line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                int start = int.Parse(line.Split(' ', ',')[1][1..], System.Globalization.CultureInfo.InvariantCulture);
                int count = int.Parse(line.Split(' ', ',')[2], System.Globalization.CultureInfo.InvariantCulture);
                int next = count == 0 ? start : start - 1;
                after.AddRange(before[at..next]);
                at = next;
            }
            else if (line[0] != '+')
            {
                Assert.Equal(before[at], line[1..]);
                at++;
            }

            if (line[0] is ' ' or '+')
            {
                after.Add(line[1..]);
            }
        }

        after.AddRange(before[at..]);
        return [.. after];
    }
}
