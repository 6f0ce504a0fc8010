using Asterisell.Engine.Backup.Sanitize;
using Asterisell.Tests.Unit.Contract;
using Found = Asterisell.Engine.Backup.Sanitize.SanitizePlan.FoundColumn;

namespace Asterisell.Tests.Unit.Backup;

public class SanitizeRulesTests
{
    private static readonly SanitizeRules Rules = SanitizeRules.Parse("""
        # comment
        party
          name nick = Name
          id_card = Code
          sent = Disable
        queue = Emptied
        """);

    [Theory]
    [InlineData("party\n  name = Nonsense")]
    [InlineData("party\n  name")]
    [InlineData("party\n  name name = Name")]
    [InlineData("  name = Name")]
    [InlineData("party = Name")]
    [InlineData("party = Emptied\n  name = Name")]
    [InlineData("party = Emptied\nparty = Emptied")]
    [InlineData("party\n  name = Emptied")]
    public void RefusesATableOfRulesThatIsAmbiguous(string text) => Assert.Throws<FormatException>(() => SanitizeRules.Parse(text));

    [Fact]
    public void MasksWhatTheDatabaseHasAndNothingElse()
    {
        SanitizePlan plan = SanitizePlan.Make(
            [
                new("party", "id", "int", false, true), new("party", "name", "varchar", true, false), new("party", "sent", "tinyint", false, false),
                new("party", "total", "bigint", false, false), new("queue", "anything", "longblob", true, false), new("other", "id", "int", false, true),
            ],
            Rules, [], "local/one");

        Assert.Equal(["party", "queue"], plan.Tables.Select(table => table.Name));
        Assert.Equal([new SanitizeColumn("name", SanitizeRule.Name, true), new SanitizeColumn("sent", SanitizeRule.Disable, false)], plan.Tables[0].Masked);
        Assert.Equal(["id", "total"], plan.Tables[0].Numbers);
        Assert.Equal("id", plan.Tables[0].Key);
        Assert.True(plan.Tables[1].Emptied);
    }

    [Theory]
    [InlineData("varchar")]
    [InlineData("json")]
    [InlineData("inet6")]
    [InlineData("longblob")]
    public void RefusesATypeThatCanHoldAPerson(string type)
    {
        Found[] columns = [new("party", "new_one", type, true, false)];

        AsterisellException refused = Assert.Throws<AsterisellException>(() => SanitizePlan.Make(columns, Rules, [], "local/one"));

        Assert.Equal("SanitizeColumnUnknown", refused.ErrorId);
        Assert.Contains("-AllowUnknownColumn party.new_one", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(["party.new_one"], SanitizePlan.Make(columns, Rules, ["PARTY.new*"], "local/one").Allowed);
    }

    [Fact]
    public void LeavesANumberAloneThatHasTheNameOfAText() =>
        Assert.Empty(SanitizePlan.Make([new("party", "id_card", "int", true, false)], Rules, [], "local/one").Tables);

    [Fact]
    public void KnowsNoKeyOfTwoColumnsOrOfText()
    {
        Found[] two = [new("party", "a", "int", false, true), new("party", "b", "int", false, true), new("party", "name", "text", true, false)];
        Found[] text = [new("party", "name", "varchar", false, true)];

        Assert.Null(Assert.Single(SanitizePlan.Make(two, Rules, [], "x").Tables).Key);
        Assert.Null(Assert.Single(SanitizePlan.Make(text, Rules, [], "x").Tables).Key);
    }

    [Fact]
    public void DocumentsEveryColumn()
    {
        using BuiltModule module = new();
        string[] lines = File.ReadAllLines(Path.Combine(module.Root, "docs", "sanitize.md"));
        foreach ((string table, string column, SanitizeRule rule) in SanitizeRules.Shipped.Columns)
        {
            Assert.True(
                lines.Any(line => line.StartsWith($"| `{table}` |", StringComparison.Ordinal) && line.Contains($"`{column}`", StringComparison.Ordinal) && line.EndsWith($"| {rule} |", StringComparison.Ordinal)),
                $"docs/sanitize.md does not say that {table}.{column} is {rule}");
        }

        Assert.All(SanitizeRules.Shipped.Emptied, table => Assert.Contains($"| `{table}` | (all rows) | Emptied |", lines));
    }
}
