using Asterisell.Engine.Instances.Users;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Makes the first administrator, or gives that login its password.</summary>
internal sealed class AdministratorStep(InstallWorld world, AdminLogin login) : IDeploymentWork
{
    public string Name => "Administrator";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        AdminResult result = await new AdminAccount(world.Instance)
            .SetAsync(login, world.Options.AllowWeak, progress, cancellation).ConfigureAwait(false);
        return result.Status == OperationStatus.Succeeded;
    }
}
