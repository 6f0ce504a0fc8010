using System.Management.Automation;
using Asterisell.Engine.Deployment.Passwords;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Changes the passwords of the database in MariaDB and in both applications at once, to those of the inventory. Nobody is locked out meanwhile.
/// </summary>
[Cmdlet(VerbsCommon.Set, Noun.DatabasePassword, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(OperationResult))]
public sealed class SetAsterisellDatabasePasswordCommand : ChangeCmdlet
{
    /// <summary>Longest wait for a job pass that began with the former password, in seconds. When it is over, all is as before.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>Time for the instance to be as healthy as before, in seconds. When it is over, the former passwords are put back.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int HealthTimeoutSec { get; set; } = 60;

    /// <inheritdoc/>
    protected override string Operation => "SetPassword";

    /// <inheritdoc/>
    protected override string Activity => "Setting passwords of databases";

    private protected override string Action => "Give both applications and MariaDB's root the inventory's passwords";

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) =>
    [
        "Let the former and the new passwords in, where MariaDB can",
        "Write config/databases.yml of both applications",
        $"Wait for a job pass that began with the former password, {DrainTimeoutSec} s at most",
        "End the former passwords, and test the instance",
    ];

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => DatabasePasswordChange.SecretsOf(instance);

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new DatabasePasswordChange(Secrets).ChangeAsync(
            instance,
            new PasswordChangeOptions { DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec), HealthLimit = TimeSpan.FromSeconds(HealthTimeoutSec) },
            progress,
            cancellation);
}
