using System.Management.Automation;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Users;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Module;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Installs instances: volumes, container, application, configuration, database, administrator, cron. Run again, it goes on where it stopped.
/// </summary>
[Cmdlet(VerbsLifecycle.Install, Noun.Instance, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentResult))]
public sealed class InstallAsterisellInstanceCommand : DeploymentCmdlet
{
    /// <summary>Folder of the management checkout that the application is taken from. Without it, what <c>application.source</c> says.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>Login and password of the first administrator. Without it there is none yet.</summary>
    [Parameter]
    [Credential]
    public PSCredential? AdminCredential { get; set; }

    /// <summary>Longest wait for MariaDB, and then for the web pages, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int WaitTimeoutSec { get; set; } = 300;

    /// <summary>Takes a weak password of the administrator, and asks nothing.</summary>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "Install";

    /// <inheritdoc/>
    protected override string Activity => "Installing instances";

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) => InstanceInstaller.Describe(instance, Options());

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => InstanceInstaller.SecretsOf(instance);

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var installer = new InstanceInstaller(ModuleSession.Current.Docker, Secrets);
        return await installer.InstallAsync(instance, Options(), LogOf(instance.Definition), progress, cancellation);
    }

    private InstallOptions Options() => new()
    {
        Source = Source is null ? null : GetUnresolvedProviderPathFromPSPath(Source),
        Admin = AdminCredential is null || AdminCredential == PSCredential.Empty
            ? null
            : new AdminLogin(AdminCredential.UserName, new Secret(AdminCredential.GetNetworkCredential().Password)),
        AllowWeak = Force,
        HealthLimit = TimeSpan.FromSeconds(WaitTimeoutSec),
    };
}
