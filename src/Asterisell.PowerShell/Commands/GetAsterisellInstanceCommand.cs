using System.Management.Automation;
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
    public string[]? Tag { get; set; }

    /// <inheritdoc/>
    private protected override Task ProcessSelectionAsync(IReadOnlyList<SelectedInstance> selection)
    {
        foreach (SelectedInstance selected in selection.Where(selected => HasTag(selected.Instance)))
        {
            WriteObject(selected.Instance);
        }

        return Task.CompletedTask;
    }

    private bool HasTag(AsterisellInstance instance) =>
        Tag is null || Tag.Select(InstanceQuery.Pattern).Any(pattern => instance.Tags.Any(pattern.IsMatch));
}
