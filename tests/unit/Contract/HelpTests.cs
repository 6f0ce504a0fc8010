using System.Xml.Linq;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>Help in Markdown, the help that ships, and the compiled cmdlets agree.</summary>
public sealed class HelpTests(BuiltModule module) : IClassFixture<BuiltModule>
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        string folder = Path.GetDirectoryName(module.Docs("x"))!;
        Assert.Equal(
            module.Cmdlets.Select(cmdlet => cmdlet.Name),
            Directory.GetFiles(folder, "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_says_what_an_operator_needs() =>
        Breach.None(
            from cmdlet in module.Cmdlets
            where File.Exists(module.Docs(cmdlet.Name))
            from missing in HelpPage.Read(module.Docs(cmdlet.Name)).Missing(cmdlet.Name, Parameters(cmdlet))
            select missing);

    [Fact]
    public void The_help_that_ships_is_made_from_the_pages()
    {
        Dictionary<string, XElement> shipped = XDocument.Load(Path.Combine(module.Folder, "en-US", "Asterisell.PowerShell.dll-Help.xml"))
            .Descendants(Command + "command")
            .ToDictionary(command => command.Descendants(Command + "name").First().Value);
        Assert.Equal(module.Cmdlets.Select(cmdlet => cmdlet.Name), shipped.Keys.Order(StringComparer.Ordinal));
        Breach.None(
            from cmdlet in module.Cmdlets
            where File.Exists(module.Docs(cmdlet.Name))
            let page = HelpPage.Read(module.Docs(cmdlet.Name))
            from difference in Differences(cmdlet, page, shipped[cmdlet.Name])
            select difference);
    }

    [Fact]
    public void A_page_with_gaps_is_seen()
    {
        HelpPage page = HelpPage.Parse(
            """
            # Get-AsterisellThing

            ## SYNOPSIS

            {{ Fill in the Synopsis }}

            ## DESCRIPTION

            Short.

            ## EXAMPLES

            ### Example 1

            ```powershell
            Get-AsterisellThing
            ```

            ## PARAMETERS

            ### -Name

            ```yaml
            Type: System.String[]
            ```

            ### -Gone

            It was taken away long ago.

            ## OUTPUTS

            ### System.String
            """);
        string[] missing = [.. page.Missing("Get-AsterisellThing", ["Name", "HostName"])];
        Assert.Contains("Get-AsterisellThing: no description.", missing);
        Assert.Contains("Get-AsterisellThing: 0 examples with a command and a word about it; 2 are the least.", missing);
        Assert.Contains("Get-AsterisellThing: a placeholder {{ }} is left.", missing);
        Assert.Contains("Get-AsterisellThing: parameters are HostName, Name; the page has Gone, Name.", missing);
        Assert.Contains("Get-AsterisellThing: -Name is not described.", missing);
        Assert.DoesNotContain(missing, sentence => sentence.Contains("-Gone is not described", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Differences(CmdletFacts cmdlet, HelpPage page, XElement shipped)
    {
        XElement[] parameters = [.. shipped.Element(Command + "parameters")!.Elements(Command + "parameter")];
        string[] names = [.. parameters.Select(parameter => parameter.Element(Maml + "name")!.Value).Order(StringComparer.Ordinal)];
        if (!names.SequenceEqual(Parameters(cmdlet).Order(StringComparer.Ordinal)))
        {
            yield return $"{cmdlet}: the shipped help has the parameters {string.Join(", ", names)}.";
        }

        string description = Words(shipped.Element(Maml + "description")!.Value);
        if (description != Words(page.Description))
        {
            yield return $"{cmdlet}: the shipped description is not the page's; run ./build.ps1 -Task Docs.";
        }

        foreach (XElement parameter in parameters)
        {
            string name = parameter.Element(Maml + "name")!.Value;
            if (page.Parameters.TryGetValue(name, out string? text) && Words(parameter.Element(Maml + "description")!.Value) != Words(text))
            {
                yield return $"{cmdlet}: the shipped text of -{name} is not the page's; run ./build.ps1 -Task Docs.";
            }
        }
    }

    /// <summary>Parameters with those that SupportsShouldProcess brings.</summary>
    private static IEnumerable<string> Parameters(CmdletFacts cmdlet) =>
        cmdlet.Parameters.Select(parameter => parameter.Name).Concat(cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : []);

    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
