using System.Globalization;
using System.Text;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Unit.Instances;

/// <summary>Every recorded run of the original, with what it really did: tests/lab/oracle.tsv.</summary>
public sealed class ApplicationVerdictTests
{
    /// <summary>
    /// A letter for each row, in the order of the file: S where its words prove that the work was done, F where it was not, U where the
    /// words are the same either way.
    /// </summary>
    private const string Really =
        "FFFFFFFFF" // help, and commands that there are none
        + "UUUU" + "S" + "UUSUU" // idle, cron locked or not
        + "SS" + "FFFUFSFFF" // during a pass
        + "USUUSF" + "FFU" // after a killed pass; its pid in other hands
        + "UFSSUUSUS" + "UFUU" + "UUU" // idle: jobs, backups, admin
        + "UFFUSSFUSF" // upgrade jobs
        + "UUUUUUUU" // activation
        + "FFFFFFU" + "SSF"; // restore; after a restart

    public static TheoryData<int, string> Rows
    {
        get
        {
            TheoryData<int, string> rows = [];
            foreach ((int index, string[] row) in Read().Index())
            {
                rows.Add(index, $"{row[1]} ({row[0]}) exit {row[3]}");
            }

            return rows;
        }
    }

    [Fact]
    public void Every_row_has_its_letter() => Assert.Equal(Read().Count, Really.Length);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_run_of_the_original_is_judged_by_its_words(int index, string run)
    {
        string[] row = Read()[index];
        string[] fragments = row[5].Split("; ", StringSplitOptions.RemoveEmptyEntries);
        string[] arguments = row[1] == "(none)" ? [] : row[1].Split(' ');
        CommandOutcome outcome = new(
            int.Parse(row[3], CultureInfo.InvariantCulture),
            Encoding.UTF8.GetBytes(string.Join('\n', fragments.Where(fragment => !fragment.StartsWith("stderr: ", StringComparison.Ordinal)))),
            Encoding.UTF8.GetBytes(string.Join('\n', fragments.Where(fragment => fragment.StartsWith("stderr: ", StringComparison.Ordinal)))),
            TimeSpan.Zero);
        ApplicationResult expected = Really[index] switch
        {
            'S' => ApplicationResult.Succeeded,
            'F' => ApplicationResult.Failed,
            _ => ApplicationResult.Unknown,
        };
        Assert.True(expected == ApplicationVerdict.Judge(arguments, outcome), $"{run} is {expected}");
    }

    [Fact]
    public void A_claim_that_is_missing_is_a_failure() =>
        Assert.Equal(ApplicationResult.Failed, ApplicationVerdict.Judge(["run", "jobs"], new CommandOutcome(0, default, default, TimeSpan.Zero)));

    private static List<string[]> Read()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "tests", "lab", "oracle.tsv")))
        {
            folder = folder.Parent;
        }

        return [.. File.ReadLines(Path.Combine(folder!.FullName, "tests", "lab", "oracle.tsv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'))];
    }
}
