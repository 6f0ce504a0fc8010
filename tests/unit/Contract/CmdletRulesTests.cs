using System.Reflection;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>The rules on the built module, and each rule on cmdlets that break it.</summary>
public sealed class CmdletRulesTests(BuiltModule module) : IClassFixture<BuiltModule>
{
    public static TheoryData<string> Rules => [.. CmdletRules.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_cmdlet_keeps_it(string rule)
    {
        Assert.NotEmpty(module.Cmdlets);
        Breach.None(module.Cmdlets.SelectMany(CmdletRules.All[rule]));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_rule_sees_the_breach_made_for_it_and_no_other_does(string rule)
    {
        using MetadataLoadContext context = BuiltModule.Open(Directory.GetFiles(AppContext.BaseDirectory, "*.dll"));
        CmdletFacts[] samples =
        [
            .. CmdletFacts.In(context.LoadFromAssemblyPath(typeof(CmdletRulesTests).Assembly.Location))
                .Where(cmdlet => cmdlet.Type.FullName!.Contains("Breaches", StringComparison.Ordinal)),
        ];
        CmdletFacts[] caught = [.. samples.Where(sample => CmdletRules.All[rule](sample).Any())];

        // The samples can't stand in the namespace of the product's cmdlets, so that rule sees them all.
        Assert.NotEmpty(caught);
        Assert.All(
            caught.Where(_ => rule != "ClassIsSealedAndNamed"),
            sample => Assert.Contains(rule, sample.Type.Name, StringComparison.Ordinal));
    }
}
