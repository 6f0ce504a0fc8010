using Asterisell.Engine.Deployment.Database;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Scratch;

/// <summary>One throw-away instance.</summary>
internal sealed class ScratchInstance(IDockerEngine engine, InstanceHandle instance, string image, DatabaseCredentials admin, string customerPassword)
    : IScratchInstance
{
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(60);

    public IInstance Instance => instance;

    public string Image => image;

    /// <summary>Waits for MariaDB, gives its root and both users the passwords that the application has, and makes the empty database.</summary>
    public async Task OpenDatabaseAsync(TimeSpan limit, CancellationToken cancellation)
    {
        // Whatever the image, or the module's own way of making one, has left.
        RootAccess root = await RootAccess.OpenAsync(instance, [admin.Password, "", "root"], limit, cancellation).ConfigureAwait(false);
        await new DatabaseAccounts(instance.Definition, root).SecureRootAsync(new Secret(admin.Password), cancellation).ConfigureAwait(false);
        root = await RootAccess.OpenAsync(instance, [admin.Password], limit, cancellation).ConfigureAwait(false);
        string name = admin.Database.Replace("`", "``", StringComparison.Ordinal);
        await root.RunAsync("making the database", $"CREATE DATABASE IF NOT EXISTS `{name}` DEFAULT CHARACTER SET utf8 COLLATE utf8_general_ci;\n", cancellation).ConfigureAwait(false);
        await new DatabaseAccounts(instance.Definition, root)
            .SetAsync(new Secret(admin.Password), new Secret(customerPassword), cancellation).ConfigureAwait(false);
    }

    public async Task GrantAsync(CancellationToken cancellation)
    {
        RootAccess root = await RootAccess.OpenAsync(instance, [admin.Password], RemoveLimit, cancellation).ConfigureAwait(false);
        await new DatabaseAccounts(instance.Definition, root)
            .SetAsync(new Secret(admin.Password), new Secret(customerPassword), cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever was cancelled, this is not.
        using CancellationTokenSource limit = new(RemoveLimit);
        await ScratchSweep.RemoveAsync(engine, instance.Definition.ContainerName, limit.Token).ConfigureAwait(false);
        await ScratchSweep.RemoveAbandonedAsync(engine, limit.Token).ConfigureAwait(false);
    }
}
