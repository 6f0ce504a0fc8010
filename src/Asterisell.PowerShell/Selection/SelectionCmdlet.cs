using System.Management.Automation;

namespace Asterisell.PowerShell.Selection;

/// <summary>
/// A cmdlet on instances, given by name or by our own objects. It gathers them from the whole pipeline and works on them at its end, each
/// once.
/// </summary>
public abstract class SelectionCmdlet : InventoryCmdlet
{
    private readonly List<SelectedInstance> selected = [];
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
    private bool namesFromPipeline;

    private protected SelectionCmdlet()
    {
    }

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. Without it, all of them.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Name { get; set; }

    /// <summary>Instances as <c>Get-AsterisellInstance</c> gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellInstance[] InputObject { get; set; } = [];

    /// <summary>Only instances on these hosts; wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? HostName { get; set; }

    /// <summary>Works on the instances chosen, which may be none.</summary>
    private protected abstract Task ProcessSelectionAsync(IReadOnlyList<SelectedInstance> selection);

    /// <inheritdoc/>
    protected sealed override Task BeginAsync()
    {
        namesFromPipeline = MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Name));
        return BeginSelectionAsync();
    }

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync()
    {
        if (ParameterSetName == ParameterSet.InputObject)
        {
            foreach (AsterisellInstance instance in InputObject.Where(OnWantedHost))
            {
                Add(instance, namedExactly: false);
            }
        }
        else
        {
            await AddByNameAsync(Name ?? ["*"]);
        }
    }

    /// <inheritdoc/>
    protected sealed override Task EndAsync() => ProcessSelectionAsync(selected);

    /// <summary>Checks what can be checked before there is any instance.</summary>
    private protected virtual Task BeginSelectionAsync() => Task.CompletedTask;

    private async Task AddByNameAsync(IEnumerable<string> names)
    {
        InventoryContent inventory = await ReadInventoryAsync();
        foreach (string host in (HostName ?? []).Where(host => !WildcardPattern.ContainsWildcardCharacters(host)))
        {
            if (!inventory.Hosts.Any(known => string.Equals(known.Name, host, StringComparison.OrdinalIgnoreCase)))
            {
                WriteFailure(SelectionErrors.HostNotFound(host, inventory));
                return;
            }
        }

        foreach (InstanceQuery query in names.Select(name => new InstanceQuery(name)))
        {
            AsterisellInstance[] matches = [.. inventory.Instances.Where(OnWantedHost).Where(query.Matches)];
            foreach (AsterisellInstance instance in matches)
            {
                Add(instance, namedExactly: !query.HasWildcard && !namesFromPipeline);
            }

            if (matches.Length == 0 && !query.HasWildcard)
            {
                WriteFailure(SelectionErrors.InstanceNotFound(query.Text, inventory, HostName ?? []));
            }
        }
    }

    private bool OnWantedHost(AsterisellInstance instance) =>
        HostName is null || HostName.Any(host => InstanceQuery.Pattern(host).IsMatch(instance.HostName));

    private void Add(AsterisellInstance instance, bool namedExactly)
    {
        if (seen.Add(instance.ToString()))
        {
            selected.Add(new SelectedInstance(instance, namedExactly));
        }
        else if (namedExactly)
        {
            int place = selected.FindIndex(other => string.Equals(other.Instance.ToString(), instance.ToString(), StringComparison.OrdinalIgnoreCase));
            selected[place] = selected[place] with { NamedExactly = true };
        }
    }
}
