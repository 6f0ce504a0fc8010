using System.Management.Automation;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Completion;

namespace Asterisell.PowerShell.Selection;

/// <summary>
/// A cmdlet on instances, given by name or by our own objects. It gathers them from the whole pipeline and works on them at its end, each
/// once.
/// </summary>
public abstract class SelectionCmdlet : InventoryCmdlet
{
    private readonly InstanceGathering gathered = new();
    private bool namesFromPipeline;

    private protected SelectionCmdlet()
    {
    }

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. Without it, all of them.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public virtual string[]? Name { get; set; }

    /// <summary>Instances as <c>Get-AsterisellInstance</c> gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellInstance[] InputObject { get; set; } = [];

    /// <summary>Only instances on these hosts; wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[]? HostName { get; set; }

    /// <summary>True when the instances are going to be changed, which spares inactive ones and takes no ambiguous name.</summary>
    private protected virtual bool ForChange => false;

    /// <summary>Names of the instances that are worked on, where the pipeline brings something else than names.</summary>
    private protected virtual string[]? WantedNames => Name;

    /// <summary>Hosts of these instances; the property of an object of the pipeline may be about another instance.</summary>
    private protected virtual string[]? WantedHostNames => HostName;

    /// <summary>Only instances with one of these tags; none for all.</summary>
    private protected virtual string[] WantedTags => [];

    /// <summary>Throws for parameters that cannot be right together, before anything of the pipeline is looked at.</summary>
    private protected virtual void CheckParameters()
    {
    }

    /// <summary>Called for each object of the pipeline with the instances that it names, for what else it says of them.</summary>
    private protected virtual void Note(IReadOnlyList<AsterisellInstance> named)
    {
    }

    /// <summary>Works on the instances chosen, which may be none.</summary>
    private protected abstract Task ProcessSelectionAsync(IReadOnlyList<AsterisellInstance> instances);

    /// <inheritdoc/>
    protected sealed override Task BeginAsync()
    {
        namesFromPipeline = MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Name));
        CheckParameters();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync()
    {
        if (ParameterSetName == ParameterSet.InputObject)
        {
            gathered.Add(InputObject.Where(IsWanted), spareInactive: ForChange);
        }
        else
        {
            AddByName();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected sealed override Task EndAsync()
    {
        foreach (AsterisellInstance instance in gathered.LeftOut)
        {
            WriteWarning($"{instance} is left out, because the inventory says active: false. To include it, name it: -Name {instance}");
        }

        return ProcessSelectionAsync(gathered.Instances);
    }

    private void AddByName()
    {
        InstanceSelection selection = InstanceSelector.Select(
            Inventory,
            new InstanceQuery { Names = WantedNames ?? [], HostNames = WantedHostNames ?? [], Tags = WantedTags, ForChange = ForChange });
        gathered.Add(selection.Instances, spareInactive: ForChange && namesFromPipeline);
        gathered.LeaveOut(selection.LeftOut);
        Note(selection.Instances);
        foreach (AsterisellException error in selection.Errors.Where(gathered.IsNew))
        {
            WriteFailure(error);
        }
    }

    private bool IsWanted(AsterisellInstance instance) =>
        (HostName is null || HostName.Any(host => Wildcard.IsMatch(host, instance.HostName)))
        && (WantedTags.Length == 0 || WantedTags.Any(wanted => instance.Tags.Any(tag => Wildcard.IsMatch(wanted, tag))));
}
