using Asterisell.Engine.Deployment.Database;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Gives the database's users their passwords and what they may do; <c>databases.yml</c> comes last.</summary>
internal sealed class AccountsStep(InstallWorld world) : IDeploymentWork
{
    private readonly ConfigurationStep _files = new(world, "Credentials", InstallSteps.IsCredentials);

    public string Name => "Accounts";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        Secret admin = world.Material.DatabasePassword!;
        RootAccess root = await DatabaseStep.OpenRootAsync(world, cancellation).ConfigureAwait(false);
        var accounts = new DatabaseAccounts(world.Definition, root);
        await accounts.SetAsync(admin, world.Material.CustomerPassword!, cancellation).ConfigureAwait(false);
        await accounts.SecureRootAsync(admin, cancellation).ConfigureAwait(false);
        bool restart = world.NeedsRestart;
        bool changed = await _files.RunAsync(progress, cancellation).ConfigureAwait(false);

        // PHP reads this file with every request.
        world.NeedsRestart = restart;
        return changed;
    }
}
