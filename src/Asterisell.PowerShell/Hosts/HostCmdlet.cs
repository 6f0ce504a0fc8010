using System.Management.Automation;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Hosts;

/// <summary>A cmdlet that asks Docker hosts, all of them at the same time. A failure on one is an error with that host as its target.</summary>
public abstract class HostCmdlet : InventoryCmdlet
{
    private readonly List<AsterisellHost> chosen = [];

    private protected HostCmdlet()
    {
    }

    /// <summary>Hosts by their names in the inventory; wildcards. Without it, all of them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[]? HostName { get; set; }

    /// <summary>Asks one host; called on the pipeline thread, so it may write.</summary>
    private protected abstract Task ProcessHostAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, IDockerConnector connector);

    /// <summary>Told the hosts that each object of the pipeline means, while its other parameters are bound.</summary>
    private protected virtual void Accept(IReadOnlyList<AsterisellHost> hosts)
    {
    }

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync()
    {
        string[] names = HostName ?? ["*"];
        AsterisellHost[] meant = [.. Inventory.Hosts.Where(host => names.Any(name => Wildcard.IsMatch(name, host.Name)))];
        Accept(meant);
        chosen.AddRange(meant.Except(chosen));
        foreach (AsterisellException error in InstanceSelector.Select(Inventory, new InstanceQuery { HostNames = names }).Errors)
        {
            WriteFailure(error);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected sealed override Task EndAsync()
    {
        IDockerConnector connector = ModuleSession.Current.Docker;
        return Task.WhenAll(chosen.Select(host => TryProcessAsync(host, connector)));
    }

    private async Task TryProcessAsync(AsterisellHost host, IDockerConnector connector)
    {
        try
        {
            IReadOnlyList<AsterisellInstance> instances =
                [.. Inventory.Instances.Where(instance => string.Equals(instance.HostName, host.Name, StringComparison.OrdinalIgnoreCase))];
            await ProcessHostAsync(host, instances, connector);
        }
        catch (Exception failure) when (!Stop.IsCancellationRequested)
        {
            WriteFailure(failure, host);
        }
    }
}
