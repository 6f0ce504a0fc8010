using System.Management.Automation;
using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Tells how instances differ from what inventory and checkout would make of them: application, configuration, container, version, upgrade jobs.
/// The instances stay as they are.
/// </summary>
[Cmdlet(VerbsData.Compare, Noun.Instance, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellDrift))]
public sealed class CompareAsterisellInstanceCommand : InstanceCmdlet
{
    private DriftReport? report;

    /// <summary>Folder of the management checkout that is compared with. Without it, what <c>application.source</c> says.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>Reads the content of all files. Without it, a file of the application with the same size and time as in the checkout is the same.</summary>
    [Parameter]
    public SwitchParameter Checksum { get; set; }

    /// <summary>What is compared: the application, or the configuration and the container. Without it, both. The configuration alone needs no checkout.</summary>
    [Parameter]
    public UpdateScope Scope { get; set; } = UpdateScope.Application | UpdateScope.Configuration;

    /// <summary>Tells also of the application's files which lines differ. Files of the configuration are told so anyway. Secrets are masked.</summary>
    [Parameter]
    public SwitchParameter Diff { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Comparing instances";

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => DriftReport.SecretsOf(instance);

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        report ??= new DriftReport(Secrets);
        var options = new ComparisonOptions
        {
            Source = Source is null ? null : GetUnresolvedProviderPathFromPSPath(Source), Checksum = Checksum, Application = Scope.HasFlag(UpdateScope.Application),
            Configuration = Scope.HasFlag(UpdateScope.Configuration),
        };
        IReadOnlyList<AsterisellDrift> found = await report.CompareAsync(
            instance, options, Diff, remark => WriteWarning($"{instance.Definition}: {remark}"), progress, cancellation);
        if (found.Count == 0)
        {
            WriteVerbose($"{instance.Definition}: nothing differs.");
        }

        WriteObject(found, enumerateCollection: true);
    }
}
