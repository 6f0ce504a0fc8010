using System.Text.RegularExpressions;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>What the manifest keeps to. Each rule gives a sentence for each breach.</summary>
internal static partial class ManifestRules
{
    /// <summary>The manifest exports the cmdlets that there are, each once and in order, and nothing by a pattern.</summary>
    public static IEnumerable<string> ExportsTheCmdlets(string manifest, IEnumerable<string> cmdlets)
    {
        string[] exported = [.. Quoted().Matches(CmdletList().Match(manifest).Groups[1].Value).Select(name => name.Groups[1].Value)];
        string[] there = [.. cmdlets];
        return
        [
            .. there.Except(exported).Select(name => $"{name} is not exported"),
            .. exported.Except(there).Select(name => $"{name} is exported, and there is no such cmdlet"),
            .. exported.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => $"{same.Key} is exported {same.Count()} times"),
            .. exported.SequenceEqual(exported.Order(StringComparer.Ordinal)) ? Array.Empty<string>() : ["the exports are not in order"],
            .. OtherExports().Matches(manifest).Where(list => list.Groups[2].Value.Length > 0).Select(list => $"{list.Groups[1].Value} is not empty"),
        ];
    }

    /// <summary>The manifest has the version of the assemblies, and it is one.</summary>
    public static IEnumerable<string> HasTheVersion(string manifest, Version version)
    {
        string said = ModuleVersion().Match(manifest).Groups[1].Value;
        return said == version.ToString(3) && said != "0.0.0" ? [] : [$"ModuleVersion is '{said}', the assemblies have {version.ToString(3)}"];
    }

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\((.*?)\)", RegexOptions.Singleline)]
    private static partial Regex CmdletList();

    [GeneratedRegex(@"((?:Functions|Variables|Aliases)ToExport)\s*=\s*(?:@\(([^)]*)\)|'([^']*)')")]
    private static partial Regex OtherExports();

    [GeneratedRegex(@"ModuleVersion\s*=\s*'([^']*)'")]
    private static partial Regex ModuleVersion();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
