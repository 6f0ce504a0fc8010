using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Users;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Creates an administrator's login of the web application, or gives it a new password. No other login is touched.</summary>
[Cmdlet(VerbsCommon.Set, Noun.Admin, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(AdminResult))]
public sealed class SetAsterisellAdminCommand : ChangeCmdlet
{
    /// <summary>Login and password. The login page takes ASCII letters and digits, blanks, and the characters <c>_ - . +</c> in both.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Takes a weak password, and asks nothing. One that the login page would refuse is never taken.</summary>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "SetAdmin";

    /// <inheritdoc/>
    protected override string Activity => "Setting administrators";

    private protected override string Action => $"Set the password of the administrator '{Credential.UserName}'";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var login = new AdminLogin(Credential.UserName, new Secret(Credential.GetNetworkCredential().Password));
        return await new AdminAccount(instance).SetAsync(login, Force, progress, cancellation);
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new AdminResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message)
        {
            Login = Credential.UserName,
        };
    }
}
