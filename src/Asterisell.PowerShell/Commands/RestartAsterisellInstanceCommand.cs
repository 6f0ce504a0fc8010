using System.Management.Automation;
using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Stops instances and starts them again. One that does not run is left stopped, and cron is left as it was.</summary>
[Cmdlet(VerbsLifecycle.Restart, Noun.Instance, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(OperationResult))]
public sealed class RestartAsterisellInstanceCommand : StopCmdlet
{
    /// <summary>Longest wait for an instance to become healthy, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int WaitTimeoutSec { get; set; } = 300;

    /// <summary>Returns as soon as the container runs again.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>
    /// Writes those configuration files that differ from what the inventory wants, before the restart. Passwords of the database are left as
    /// they are.
    /// </summary>
    [Parameter]
    public SwitchParameter ApplyConfiguration { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "Restart";

    /// <inheritdoc/>
    protected override string Activity => "Restarting instances";

    private protected override IEnumerable<string> Describe(AsterisellInstance instance)
    {
        IEnumerable<string> apply = ApplyConfiguration ? ["Write the configuration files that differ from what the inventory wants"] : [];
        string wait = NoWait ? "" : $"; wait until services, database and web applications answer, {WaitTimeoutSec} s at most";
        return [.. apply, .. DescribeStop(), $"Start the container{wait}"];
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(
        IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var start = new StartOptions { HealthLimit = NoWait ? null : TimeSpan.FromSeconds(WaitTimeoutSec) };
        string? applied = ApplyConfiguration && (await instance.InspectAsync(cancellation)).IsRunning
            ? await new ConfigurationRefresh(Secrets).ApplyAsync(instance, progress, cancellation) ?? "the configuration was as the inventory wants it"
            : null;
        OperationResult result = await new InstancePower(instance).RestartAsync(StopOptions(), start, progress, cancellation);
        return applied is null ? result : result with { Message = $"{result.Message.TrimEnd('.')}; {applied}." };
    }

    private protected override string Action => ApplyConfiguration ? "Apply the inventory's configuration and restart" : Operation;

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) =>
        ApplyConfiguration ? ConfigurationRefresh.SecretsOf(instance) : [];
}
