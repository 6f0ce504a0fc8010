using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Deployment.Removal;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Removes instances: container and volumes of exactly these, after a last backup that was tested. Run again, it goes on where it stopped.</summary>
[Cmdlet(
    VerbsLifecycle.Uninstall, Noun.Instance, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DeploymentResult))]
public sealed class UninstallAsterisellInstanceCommand : DeploymentCmdlet
{
    /// <summary>Folder for the last backup. Without it, that of the instance's first backup target of kind directory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Makes no last backup.</summary>
    [Parameter]
    public SwitchParameter SkipBackup { get; set; }

    /// <summary>Keeps the volumes. <c>Install-AsterisellInstance</c> takes an instance's named volumes up again.</summary>
    [Parameter]
    public SwitchParameter KeepData { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is removed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>Time for the database to end, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int GraceSec { get; set; } = 300;

    /// <summary>Does not ask for the instance's name. The last backup is made all the same.</summary>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "Uninstall";

    /// <inheritdoc/>
    protected override string Activity => "Removing instances";

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) => InstanceRemoval.Describe(instance, Options());

    private protected override bool IsConfirmed(AsterisellInstance instance, string action)
    {
        if (Confirmation.IsWhatIf(this) || Force || MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && LanguagePrimitives.IsTrue(confirm))
        {
            return base.IsConfirmed(instance, action);
        }

        // In place of the usual question, which one answers without reading it.
        string what = KeepData ? "Its container is going to be removed." : "Its container and all of its data are going to be removed.";
        if (NamePrompt.Confirms(Host, instance, what))
        {
            return true;
        }

        WriteFailure(RemovalErrors.NameNotConfirmed(instance), instance);
        return false;
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var removal = new InstanceRemoval(new ProvenBackup(TimeProvider.System));
        return await removal.RemoveAsync(instance, Options(), LogOf(instance.Definition), progress, cancellation);
    }

    private UninstallOptions Options() => new()
    {
        Destination = Destination is null ? null : GetUnresolvedProviderPathFromPSPath(Destination),
        SkipBackup = SkipBackup,
        KeepData = KeepData,
        DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
        Grace = TimeSpan.FromSeconds(GraceSec),
    };
}
