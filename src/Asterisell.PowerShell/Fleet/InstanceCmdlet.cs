using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Fleet;

/// <summary>
/// A cmdlet that asks or does something in each of the instances chosen, many at a time. A failure in one is an error with that instance
/// as its target; the others go on.
/// </summary>
public abstract class InstanceCmdlet : SelectionCmdlet
{
    private protected InstanceCmdlet()
    {
    }

    /// <summary>Instances worked on at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = FleetOptions.DefaultThrottleLimit;

    /// <summary>
    /// Sizes of waves: numbers or shares of all instances, the last one repeated: <c>1,25%,100%</c>. A wave begins when the one before
    /// has ended. Without <c>-MaxFailure</c>, a failure then keeps what has not begun from beginning.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public BatchSize[]? BatchSize { get; set; }

    /// <summary>Failures that are tolerated; with one more nothing new is begun, and what runs goes on to its end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxFailure { get; set; } = int.MaxValue;

    /// <summary>Longest time for one instance, in seconds. Without it there is no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Works in one instance; called on the pipeline thread, so it may write.</summary>
    /// <param name="instance">Handle on the instance.</param>
    /// <param name="progress">Where to say what is being done.</param>
    /// <param name="cancellation">Ctrl+C, or the time for this instance is over.</param>
    protected abstract Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation);

    /// <summary>What the whole is called while it runs: <c>Reading status</c>.</summary>
    protected virtual string Activity => MyInvocation.MyCommand.Name;

    /// <summary>An object for an instance that failed or was not begun; null for none. Its error is written anyway.</summary>
    protected virtual object? ResultOf(FleetOutcome outcome) => null;

    /// <summary>Says what only all instances together tell; called on the pipeline thread when the last has ended.</summary>
    private protected virtual void AfterLast()
    {
    }

    /// <summary>Which of the instances chosen are worked on; asked on the pipeline thread before anything begins.</summary>
    private protected virtual IReadOnlyList<AsterisellInstance> Admit(IReadOnlyList<AsterisellInstance> chosen) => chosen;

    /// <summary>
    /// Secrets that an instance will need, looked up by <c>Secrets.ResolveAsync</c> then. Those that the operator may be asked for are asked
    /// for before anything begins, never in the middle of a fleet.
    /// </summary>
    private protected virtual IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => [];

    /// <summary>When an instance that goes on is told to stop; null where the operation itself obeys -TimeoutSec and says more than that.</summary>
    private protected virtual TimeSpan? InstanceLimit => Limit;

    /// <summary>-TimeoutSec; null for no limit.</summary>
    private protected TimeSpan? Limit => TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec);

    /// <summary>True while the instances are only asked what would be done.</summary>
    private protected virtual bool IsRehearsal => false;

    /// <summary>
    /// What surrounds the work in each instance; asked on the pipeline thread before anything begins. It is called elsewhere, and calls what it
    /// is given, with a token that ends sooner where it wants that.
    /// </summary>
    private protected virtual Surrounding? Surround() => null;

    /// <summary>Does something before and after the work in an instance.</summary>
    private protected delegate Task Surrounding(
        AsterisellInstance instance, IOperationProgress progress, Func<CancellationToken, Task> work, CancellationToken cancellation);

    private protected sealed override async Task ProcessSelectionAsync(IReadOnlyList<AsterisellInstance> chosen)
    {
        IReadOnlyList<AsterisellInstance> instances = Admit(chosen);
        if (instances.Count == 0)
        {
            return;
        }

        SecretReference[] needed = [.. instances.SelectMany(SecretsOf)];
        if (needed.Length > 0)
        {
            await Secrets.PrepareAsync(needed, Stop);
        }

        IInstanceOpener opener = ModuleSession.Current.Instances;
        Surrounding surrounding = (IsRehearsal ? null : Surround()) ?? ((_, _, work, cancellation) => work(cancellation));
        Task ProcessOneAsync(AsterisellInstance instance, IOperationProgress progress, CancellationToken cancellation) => surrounding(
            instance, progress,
            token => Thread.InvokeAsync(async () =>
            {
                IInstance live = await opener.OpenAsync(instance, token);
                await ProcessInstanceAsync(live, progress, token);
            }),
            cancellation);

        var runner = new FleetRunner(Options());
        var view = new FleetProgressView(Activity, runner.Progress, WriteProgress);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task showing = ShowsProgress ? view.ShowAsync(over.Token) : Task.CompletedTask;
        try
        {
            int skipped = 0;
            await foreach (FleetOutcome outcome in runner.RunAsync(instances, ProcessOneAsync, Stop))
            {
                skipped += outcome.Status == OperationStatus.Skipped ? 1 : 0;
                Write(outcome);
            }

            AfterLast();
            if (skipped > 0)
            {
                WriteWarning($"{skipped} of {instances.Count} instances were not begun: more than {Options().MaxFailure} failed.");
            }
        }
        finally
        {
            await over.CancelAsync();
            await showing;
        }
    }

    private void Write(FleetOutcome outcome)
    {
        if (IsRehearsal && outcome.Failure is AsterisellException unasked)
        {
            WriteWarning($"{outcome.Instance}: what would be done cannot be told: {unasked.Reason}");
            return;
        }

        if (outcome.Failure is not null)
        {
            WriteFailure(outcome.Failure, outcome.Instance);
        }

        if (outcome.Status is OperationStatus.Failed or OperationStatus.Skipped && ResultOf(outcome) is object result)
        {
            WriteObject(result);
        }
    }

    private bool ShowsProgress =>
        (MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? action) ? action : GetVariableValue("ProgressPreference"))
            ?.ToString() is not ("SilentlyContinue" or "Ignore");

    private FleetOptions Options() => new()
    {
        ThrottleLimit = ThrottleLimit,
        Waves = BatchSize ?? [],
        MaxFailure = MyInvocation.BoundParameters.ContainsKey(nameof(MaxFailure)) ? MaxFailure : BatchSize is null ? null : 0,
        Timeout = InstanceLimit,
    };
}
