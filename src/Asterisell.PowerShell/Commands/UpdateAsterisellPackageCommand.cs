using System.Collections.Concurrent;
using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Packages;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Updates the operating system's packages in instances, while jobs wait and customers see the maintenance page; tests the instance
/// afterwards, and puts everything back if it is not healthy.
/// </summary>
[Cmdlet(VerbsData.Update, Noun.Package, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(PackageUpdateResult))]
public sealed class UpdateAsterisellPackageCommand : ChangeCmdlet
{
    private readonly Dictionary<string, HashSet<string>> piped = [];
    private readonly ConcurrentDictionary<string, PackageUpdateResult> failed = new(StringComparer.Ordinal);

    /// <summary>Only packages with these names, and what they depend on; wildcards. By the pipeline, each instance gets those named with it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Package { get; set; } = [];

    /// <summary>Only packages whose newer version mends security, and what they depend on.</summary>
    [Parameter]
    public SwitchParameter SecurityOnly { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is changed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>Time for the instance to be healthy after the update, in seconds. When it is over, the update is undone.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int HealthTimeoutSec { get; set; } = 60;

    /// <inheritdoc/>
    protected override string Operation => "UpdatePackages";

    /// <inheritdoc/>
    private protected override string Action => SecurityOnly ? "Update pending packages that mend security" : "Update pending packages";

    /// <inheritdoc/>
    protected override string Activity => "Updating packages";

    /// <summary>What <c>Get-AsterisellPackage</c> gives names an instance and a package of it.</summary>
    private protected override void Note(IReadOnlyList<AsterisellInstance> named)
    {
        foreach (AsterisellInstance instance in named.Where(_ => Package.Length > 0))
        {
            (piped.TryGetValue(instance.ToString(), out HashSet<string>? packages) ? packages : piped[instance.ToString()] = []).UnionWith(Package);
        }
    }

    /// <inheritdoc/>
    private protected override Func<IInstance, IOperationProgress, CancellationToken, Task<string>> Preview => async (instance, progress, cancellation) =>
        $"Update {await new PackageUpdate(instance).PlanAsync(Query(instance), progress, cancellation)}";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var options = new PackageUpdateOptions
        {
            DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec), HealthLimit = TimeSpan.FromSeconds(HealthTimeoutSec),
        };
        var update = new PackageUpdate(instance);
        PackagePlan plan = await update.PlanAsync(Query(instance), progress, cancellation);
        PackageUpdateOutcome outcome = await update.UpdateAsync(plan, options, progress, cancellation);
        if (outcome.Failure is null)
        {
            return outcome.Result;
        }

        failed[instance.Definition.ToString()] = outcome.Result;
        throw outcome.Failure;
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome) => failed.TryGetValue(outcome.Instance.ToString(), out PackageUpdateResult? result)
        ? result
        : new PackageUpdateResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message);

    private PackageQuery Query(IInstance instance) => new()
    {
        Packages = piped.TryGetValue(instance.Definition.ToString(), out HashSet<string>? named) ? [.. named] : Package,
        SecurityOnly = SecurityOnly,
    };
}
