using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the jobs of instances, newest first: what ran, what failed, what runs now.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Job, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(InstanceJob))]
public sealed class GetAsterisellJobCommand : InstanceCmdlet
{
    /// <summary>Without -Since: a day, some three hundred passes.</summary>
    private static readonly TimeSpan UsualAge = TimeSpan.FromDays(1);

    /// <summary>Only jobs in these states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public JobState[]? State { get; set; }

    /// <summary>Only jobs that were created since; the last 24 hours unless told. The application keeps four months.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>At most so many of each instance, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Reading jobs";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var query = new JobQuery
        {
            States = State ?? [],
            Since = MyInvocation.BoundParameters.ContainsKey(nameof(Since)) ? Since : DateTimeOffset.UtcNow - UsualAge,
            Limit = First == 0 ? null : First,
        };
        await foreach (InstanceJob job in instance.Jobs.ListAsync(query, cancellation))
        {
            WriteObject(job);
        }
    }
}
