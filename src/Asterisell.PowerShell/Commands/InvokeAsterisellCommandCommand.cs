using System.Management.Automation;
using System.Text;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Runs a program or a script inside instances and gives its output line by line as it comes, then how it ended.</summary>
/// <remarks>Without a lease: looking into an instance must be possible while somebody changes it.</remarks>
[Cmdlet(VerbsLifecycle.Invoke, Noun.Command, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CommandOutput), typeof(CommandResult))]
public sealed class InvokeAsterisellCommandCommand : AuditedCmdlet
{
    /// <summary>
    /// Program and its arguments, each one word of its own: no shell reads them. With <c>-Shell</c> they are the script's positional
    /// parameters.
    /// </summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [ValidateNotNull]
    public string[] Command { get; set; } = [];

    /// <summary>Script for the instance's bash, handed over on its standard input.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>User in the instance, by name or number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string User { get; set; } = "root";

    /// <summary>Folder in the instance to start in. Without it, the admin application's, where <c>asterisell.php</c> is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Gives one result for each instance with all lines in it, in place of lines as they come.</summary>
    [Parameter]
    public SwitchParameter Collect { get; set; }

    /// <inheritdoc/>
    protected override string Operation => Shell is null ? Command[0] : "script";

    /// <summary>The program alone: what follows it may be a password.</summary>
    private protected override string AuditName => $"{base.AuditName} {Operation}";

    private protected override string Action => Shell is null ? $"run {string.Join(' ', Command)}" : "run a script";

    private protected override void CheckParameters()
    {
        if (Command.Length == 0 && Shell is null)
        {
            throw CommandErrors.CommandMissing();
        }
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report($"running {Operation}");
        InstanceCommand command = Shell is null
            ? new InstanceCommand(Command)
            : new InstanceCommand(["/bin/bash", "-s", "--", .. Command]) { Input = new MemoryStream(Encoding.UTF8.GetBytes(Shell)) };
        CommandResult result = await new CommandRun(Operation).RunAsync(
            instance,
            command with { User = User, WorkingDirectory = WorkingDirectory ?? instance.Definition.AdminDirectory },
            Collect ? null : WriteLinesAsync,
            cancellation);
        return result.Status == OperationStatus.Failed ? throw OperationErrors.CommandFailed(instance.Definition, result) : result;
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Failure is CommandFailedException failure
            ? failure.Result
            : new CommandResult(
                outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message);
    }

    private Task WriteLinesAsync(IReadOnlyList<CommandOutput> lines) => Thread.InvokeAsync(() =>
    {
        WriteObject(lines, enumerateCollection: true);
        return Task.CompletedTask;
    });
}
