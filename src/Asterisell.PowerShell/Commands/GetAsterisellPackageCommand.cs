using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Packages;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the operating system's packages in instances, or those with a newer version. The instances stay as they are.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Package, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(InstancePackage))]
public sealed class GetAsterisellPackageCommand : InstanceCmdlet
{
    /// <summary>Only packages with these names; wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Package { get; set; } = [];

    /// <summary>Asks the repositories, and lists only packages with a newer version, and those that would come with them.</summary>
    [Parameter]
    public SwitchParameter Pending { get; set; }

    /// <summary>Asks the repositories, and lists only packages whose newer version mends security.</summary>
    [Parameter]
    public SwitchParameter SecurityOnly { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Reading packages";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var query = new PackageQuery { Packages = Package, PendingOnly = Pending, SecurityOnly = SecurityOnly };
        WriteObject(await new PackageCatalog(instance).ListAsync(query, progress, cancellation), enumerateCollection: true);
    }
}
