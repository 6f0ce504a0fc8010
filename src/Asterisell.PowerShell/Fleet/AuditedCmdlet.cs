using System.Collections.Concurrent;
using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.Engine.Operations.Audit;
using Asterisell.Engine.Operations.Leases;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Fleet;

/// <summary>
/// A cmdlet that does something to each of the instances chosen and says for every one how it went. It asks for all of them before it begins
/// with the first, so that <c>-WhatIf</c> shows the whole set, and leaves a line before and after each in the audit trail.
/// </summary>
/// <remarks>Derived cmdlets say <c>SupportsShouldProcess = true</c> in their Cmdlet attribute.</remarks>
public abstract class AuditedCmdlet : InstanceCmdlet
{
    private readonly ConcurrentDictionary<string, OperationResult> results = new();

    private protected AuditedCmdlet()
    {
    }

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. <c>*</c> for all.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public override string[]? Name { get; set; }

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public virtual SwitchParameter Force { get; set; }

    /// <summary>What is done, as <see cref="OperationResult.Operation"/> and the question name it: <c>Restart</c>.</summary>
    protected abstract string Operation { get; }

    /// <summary>What <c>-WhatIf</c> and <c>-Confirm</c> say of it.</summary>
    private protected virtual string Action => Operation;

    /// <summary>The steps in one instance, in words; <c>-WhatIf</c> shows each. Nothing may be asked for it.</summary>
    private protected virtual IEnumerable<string> Describe(AsterisellInstance instance) => [Action];

    /// <summary>Changes one instance; called on the pipeline thread.</summary>
    /// <returns>How it went: an <see cref="OperationResult"/>, or an object that says more. A failure is thrown.</returns>
    protected abstract Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation);

    /// <summary>
    /// What would be done in an instance, for a change that nobody can judge before the instance was asked: then <c>-WhatIf</c> asks each.
    /// One that cannot be asked is a warning. Null where <see cref="Action"/> says it all.
    /// </summary>
    private protected virtual Func<IInstance, IOperationProgress, CancellationToken, Task<string>>? Preview => null;

    /// <inheritdoc/>
    protected sealed override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (IsRehearsal)
        {
            ShouldProcess(instance.Definition.ToString(), await Preview!(instance, progress, cancellation));
            return;
        }

        IInstanceObject done = await ChangeAsync(instance, progress, cancellation);
        if (done is OperationResult result)
        {
            results[instance.Definition.ToString()] = result;
        }

        WriteObject(done);
    }

    /// <summary>What the audit trail calls it. Nothing of what the operator gave that may be a secret.</summary>
    private protected virtual string AuditName => MyInvocation.MyCommand.Name;

    /// <summary>The lease that it is done under; null for none.</summary>
    private protected virtual LeaseOptions? Lease => null;

    private protected sealed override Surrounding? Surround()
    {
        var trail = new AuditTrail(WriteWarning);
        InstanceLeases leases = ModuleSession.Current.Leases;
        return (instance, progress, work, cancellation) => trail.RunAsync(
            instance.HostName, instance.Name, AuditName,
            async notes =>
            {
                await (Lease is { } lease
                    ? leases.RunAsync(instance.Host, instance.Name, Complete(lease, instance, progress, notes), work, cancellation)
                    : work(cancellation)).ConfigureAwait(false);
                return results.GetValueOrDefault(instance.ToString());
            },
            cancellation);
    }

    private LeaseOptions Complete(LeaseOptions lease, AsterisellInstance instance, IOperationProgress progress, AuditNotes notes) => lease with
    {
        Progress = progress,
        OnTakenOver = left =>
        {
            WriteWarning($"{instance}: {left}, since {left.Since:yyyy-MM-dd HH:mm:ss} UTC, has ended without finishing. Its lease is taken over.");
            return notes.TookOverAsync(left);
        },
    };

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new OperationResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message);
    }

    private protected sealed override bool ForChange => true;

    private protected sealed override IReadOnlyList<AsterisellInstance> Admit(IReadOnlyList<AsterisellInstance> chosen) =>
        IsRehearsal ? chosen : [.. chosen.Where(instance => IsConfirmed(instance, Action))];

    private protected sealed override bool IsRehearsal => Preview is not null && Confirmation.IsWhatIf(this);

    private protected virtual bool IsConfirmed(AsterisellInstance instance, string action)
    {
        if (!Confirmation.IsWhatIf(this))
        {
            return !Confirmation.IsWanted(this, Force) || ShouldProcess(instance.ToString(), action);
        }

        foreach (string step in Describe(instance))
        {
            ShouldProcess(instance.ToString(), step);
        }

        return false;
    }
}
