using System.Xml.Linq;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>The rules of manifest and views, each on a sample that breaks it.</summary>
public sealed class RuleBreachTests
{
    private const string Manifest =
        """
        @{
            ModuleVersion = '1.2.3'
            CmdletsToExport = @('Get-A', 'Get-B')
            FunctionsToExport = @()
            AliasesToExport = @()
        }
        """;

    private static readonly Type[] Types = [typeof(HostCheck)];

    [Fact]
    public void A_sound_manifest_breaks_no_rule()
    {
        Assert.Empty(ManifestRules.ExportsTheCmdlets(Manifest, ["Get-B", "Get-A"]));
        Assert.Empty(ManifestRules.HasTheVersion(Manifest, new Version(1, 2, 3, 0)));
    }

    [Theory]
    [InlineData("'Get-B')", "'Get-B', 'Get-C')", "Get-C is exported, and there is no such cmdlet")]
    [InlineData("'Get-A', ", "", "Get-A is not exported")]
    [InlineData("'Get-A', 'Get-B'", "'Get-B', 'Get-A'", "the exports are not in order")]
    [InlineData("'Get-B')", "'Get-B', 'Get-B')", "Get-B is exported 2 times")]
    [InlineData("FunctionsToExport = @()", "FunctionsToExport = @('*')", "FunctionsToExport is not empty")]
    public void A_breach_of_the_exports_is_seen(string sound, string broken, string breach) =>
        Assert.Equal([breach], ManifestRules.ExportsTheCmdlets(Manifest.Replace(sound, broken, StringComparison.Ordinal), ["Get-A", "Get-B"]));

    [Theory]
    [InlineData("1.2.4")]
    [InlineData("0.0.0")]
    public void Another_version_is_seen(string version) =>
        Assert.Single(ManifestRules.HasTheVersion(Manifest.Replace("1.2.3", version, StringComparison.Ordinal), version == "0.0.0" ? new Version(0, 0, 0, 0) : new Version(1, 2, 3, 0)));

    [Fact]
    public void A_sound_view_breaks_no_rule()
    {
        XDocument views = Views("Table", "List", "Check");
        Assert.Empty(ViewRules.EveryTypeHasATableAndAList(views, Types));
        Assert.Empty(ViewRules.WhatIsShownIsThere(views, Types));
    }

    [Theory]
    [InlineData("Table", "Table")]
    [InlineData("List", "List")]
    [InlineData("Wide", "List")]
    public void A_type_without_table_or_list_is_seen(string first, string second) =>
        Assert.Contains("HostCheck has no table", Assert.Single(ViewRules.EveryTypeHasATableAndAList(Views(first, second, "Check"), Types)), StringComparison.Ordinal);

    [Fact]
    public void A_view_of_a_property_that_is_gone_is_seen() =>
        Assert.All(
            ViewRules.WhatIsShownIsThere(Views("Table", "List", "Gone"), Types),
            breach => Assert.Contains("shows Gone, which Asterisell.HostCheck does not have", breach, StringComparison.Ordinal));

    private static XDocument Views(string first, string second, string property)
    {
        XElement View(string control) => new(
            "View", new XElement("Name", control), new XElement("ViewSelectedBy", new XElement("TypeName", typeof(HostCheck).FullName)),
            new XElement($"{control}Control", new XElement("PropertyName", property)));
        return new XDocument(new XElement("Views", View(first), View(second)));
    }
}
