using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the problems that instances report about themselves, newest first.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Problem, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(InstanceProblem))]
public sealed class GetAsterisellProblemCommand : InstanceCmdlet
{
    /// <summary>Only problems at least this severe.</summary>
    [Parameter]
    public ProblemSeverity MinimumSeverity { get; set; } = ProblemSeverity.Warning;

    /// <inheritdoc/>
    protected override string Activity => "Reading problems";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await foreach (InstanceProblem problem in instance.Problems.ListAsync(MinimumSeverity, cancellation))
        {
            WriteObject(problem);
        }
    }
}
