using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

public sealed class SelectorTests
{
    private static readonly AsterisellInventory Fleet = Inventories.Sound(
        """
        version: 1
        hosts: { milan: { endpoint: "ssh://milan" }, rome: { endpoint: "ssh://rome" } }
        instances:
          milan/billing: { tags: [production, eu] }
          rome/billing: { tags: [production] }
          milan/demo: { active: false, tags: [test] }
          rome/resale1: { tags: [resale] }
          rome/resale2: { active: false, tags: [resale] }
        """);

    [Theory]
    [InlineData("", "milan/billing rome/billing milan/demo rome/resale1 rome/resale2")]
    [InlineData("billing", "milan/billing rome/billing")]
    [InlineData("BILLING", "milan/billing rome/billing")]
    [InlineData("rome/billing", "rome/billing")]
    [InlineData("r*/b*", "rome/billing")]
    [InlineData("*", "milan/billing rome/billing milan/demo rome/resale1 rome/resale2")]
    [InlineData("resale?", "rome/resale1 rome/resale2")]
    [InlineData("resale[2-9]", "rome/resale2")]
    [InlineData("[de]*", "milan/demo")]
    [InlineData("demo billing demo", "milan/billing rome/billing milan/demo")]
    [InlineData("nothing*", "")]
    [InlineData("milan/*", "milan/billing milan/demo")]
    public void Names_choose(string names, string expected)
    {
        InstanceSelection selection = Select(new InstanceQuery { Names = Words(names) });
        Assert.Equal(Words(expected), selection.Instances.Select(instance => instance.ToString()));
        Assert.Empty(selection.Errors);
        Assert.Empty(selection.LeftOut);
    }

    [Theory]
    [InlineData("rome", "", "", "rome/billing rome/resale1 rome/resale2")]
    [InlineData("m*", "", "", "milan/billing milan/demo")]
    [InlineData("", "production", "", "milan/billing rome/billing")]
    [InlineData("", "PROD* test", "", "milan/billing rome/billing milan/demo")]
    [InlineData("rome", "production", "", "rome/billing")]
    [InlineData("rome", "", "billing", "rome/billing")]
    [InlineData("milan", "", "resale1", "")]
    public void Hosts_and_tags_narrow(string hosts, string tags, string names, string expected)
    {
        InstanceSelection selection = Select(new InstanceQuery { Names = Words(names), HostNames = Words(hosts), Tags = Words(tags) });
        Assert.Equal(Words(expected), selection.Instances.Select(instance => instance.ToString()));
        Assert.Empty(selection.Errors);
    }

    [Fact]
    public void A_change_leaves_inactive_ones_out_unless_they_are_named_exactly()
    {
        InstanceSelection selection = Select(new InstanceQuery { Names = ["demo", "resale*"], ForChange = true });
        Assert.Equal(["milan/demo", "rome/resale1"], selection.Instances.Select(instance => instance.ToString()));
        Assert.Equal(["rome/resale2"], selection.LeftOut.Select(instance => instance.ToString()));

        selection = Select(new InstanceQuery { ForChange = true });
        Assert.Equal(["milan/billing", "rome/billing", "rome/resale1"], selection.Instances.Select(instance => instance.ToString()));
        Assert.Equal(2, selection.LeftOut.Count);

        selection = Select(new InstanceQuery { Names = ["resale*", "rome/resale2"], ForChange = true });
        Assert.Equal(2, selection.Instances.Count);
        Assert.Empty(selection.LeftOut);
    }

    [Fact]
    public void A_change_wants_to_know_which_of_two_is_meant()
    {
        InstanceSelection selection = Select(new InstanceQuery { Names = ["billing"], ForChange = true });
        AsterisellException error = Assert.Single(selection.Errors);
        Assert.Equal(nameof(InventoryErrors.InstanceNameAmbiguous), error.ErrorId);
        Assert.Equal("Name the one you mean: milan/billing, rome/billing; or all of them: */billing", error.Remedy);
        Assert.Empty(selection.Instances);

        Assert.Equal(2, Select(new InstanceQuery { Names = ["*/billing"], ForChange = true }).Instances.Count);
        Assert.Single(Select(new InstanceQuery { Names = ["billing"], HostNames = ["rome"], ForChange = true }).Instances);
    }

    [Fact]
    public void What_is_misspelt_is_an_error_with_the_nearest_word_and_the_rest_goes_on()
    {
        InstanceSelection selection = Select(new InstanceQuery { Names = ["biling", "demo", "rome/demo", "zzzzzzz"] });
        Assert.Equal(["milan/demo"], selection.Instances.Select(instance => instance.ToString()));
        Assert.Equal(["biling", "rome/demo", "zzzzzzz"], selection.Errors.Select(error => error.Target));
        Assert.All(selection.Errors, error => Assert.Equal((nameof(InventoryErrors.InstanceNotFound), ErrorKind.NotFound), (error.ErrorId, error.Kind)));
        Assert.Equal("Did you mean billing?", selection.Errors[0].Remedy);
        Assert.Equal("See all of them with: Get-AsterisellInstance", selection.Errors[2].Remedy);

        selection = Select(new InstanceQuery { HostNames = ["roma"], Tags = ["producton"] });
        Assert.Equal([nameof(InventoryErrors.HostNotFound), nameof(InventoryErrors.TagNotFound)], selection.Errors.Select(error => error.ErrorId));
        Assert.Equal(["Did you mean rome?", "Did you mean production?"], selection.Errors.Select(error => error.Remedy));
    }

    [Theory]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("[", "[", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("a[b-d]e", "ACE", true)]
    [InlineData("a[b-d]e", "aee", false)]
    [InlineData("**a**", "bab", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("a`", "a`", true)]
    public void Wildcards_are_those_of_PowerShell(string pattern, string text, bool matches) => Assert.Equal(matches, Wildcard.IsMatch(pattern, text));

    [Fact]
    public void A_wildcard_never_takes_long()
    {
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(Wildcard.IsMatch(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 5_000)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
    }

    private static InstanceSelection Select(InstanceQuery query) => InstanceSelector.Select(Fleet, query);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
