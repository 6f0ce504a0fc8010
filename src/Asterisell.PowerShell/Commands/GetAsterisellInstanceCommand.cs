using System.Management.Automation;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the instances that the inventory describes. It asks no host.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Instance, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellInstance))]
public sealed class GetAsterisellInstanceCommand : SelectionCmdlet
{
    /// <summary>Only instances with one of these tags; wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    private protected override string[] WantedTags => Tag ?? [];

    private protected override Task ProcessSelectionAsync(IReadOnlyList<AsterisellInstance> instances)
    {
        WriteObject(instances, enumerateCollection: true);
        return Task.CompletedTask;
    }
}
