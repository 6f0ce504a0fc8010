using System.Globalization;
using System.Management.Automation;
using Asterisell.Engine.Deployment.Volumes;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>Removes volumes that are left of instances, with the data in them: such as no container has, and such as are provably of an instance.</summary>
[Cmdlet(
    VerbsCommon.Remove, Noun.Volume, DefaultParameterSetName = ParameterSet.InputObject, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(OperationResult))]
public sealed class RemoveAsterisellVolumeCommand : InventoryCmdlet
{
    private readonly List<(string Host, string Volume)> meant = [];

    /// <summary>Volumes as <c>Get-AsterisellVolume</c> gives them. Whose they are is looked at again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellVolume[] InputObject { get; set; } = [];

    /// <summary>Volumes by their names on the host; no wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [ValidateNotNullOrEmpty]
    public string[] VolumeName { get; set; } = [];

    /// <summary>Host of the volumes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.Name, ValueFromPipelineByPropertyName = true)]
    [Names]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string HostName { get; set; } = "";

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync()
    {
        meant.AddRange(ParameterSetName == ParameterSet.InputObject
            ? InputObject.Select(volume => (volume.HostName, volume.VolumeName))
            : VolumeName.Select(volume => (HostName, volume)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync()
    {
        List<(AsterisellHost Host, AsterisellVolume Volume)> chosen = [];
        foreach (IGrouping<string, (string Host, string Volume)> group in meant.Distinct().GroupBy(one => one.Host, StringComparer.OrdinalIgnoreCase))
        {
            await TryAsync(group.Key, () => CheckAsync(group, chosen));
        }

        // All questions before the first removal, so that -WhatIf shows the whole set.
        (AsterisellHost Host, AsterisellVolume Volume)[] confirmed =
            [.. chosen.Where(one => !Confirmation.IsWanted(this, Force) || ShouldProcess(Describe(one.Volume), "Remove for good"))];
        foreach ((AsterisellHost host, AsterisellVolume volume) in confirmed)
        {
            await TryAsync(volume, async () => WriteObject(await new VolumeRemoval(ModuleSession.Current.Docker).RemoveAsync(host, volume, Stop)));
        }
    }

    private async Task CheckAsync(IGrouping<string, (string Host, string Volume)> group, List<(AsterisellHost Host, AsterisellVolume Volume)> chosen)
    {
        InstanceSelection selection = InstanceSelector.Select(Inventory, new InstanceQuery { HostNames = [WildcardPattern.Escape(group.Key)] });
        foreach (AsterisellException error in selection.Errors)
        {
            throw error;
        }

        AsterisellHost host = Inventory.Hosts.First(one => string.Equals(one.Name, group.Key, StringComparison.OrdinalIgnoreCase));
        IReadOnlyList<AsterisellVolume> now =
            await new VolumeCatalog(ModuleSession.Current.Docker).ListAsync(host, selection.Instances, measure: false, Stop);
        foreach ((_, string name) in group)
        {
            object target = now.FirstOrDefault(volume => volume.VolumeName == name) ?? (object)$"{host.Name} {name}";
            await TryAsync(target, () =>
            {
                chosen.Add((host, VolumeRemoval.Check(host, name, now)));
                return Task.CompletedTask;
            });
        }
    }

    private async Task TryAsync(object target, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (AsterisellException failure)
        {
            WriteFailure(failure, target);
        }
    }

    private static string Describe(AsterisellVolume volume) => string.Create(
        CultureInfo.InvariantCulture,
        $"{volume.HostName}: volume {volume.VolumeName}, {volume.Path ?? "a part"} of instance '{volume.Name}', made {volume.CreatedAt:u} ({string.Join("; ", volume.Evidence)})");
}
