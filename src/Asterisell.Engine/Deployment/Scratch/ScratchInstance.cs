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
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

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
        await RemoveAsync(engine, instance.Definition.ContainerName, limit.Token).ConfigureAwait(false);
    }

    /// <summary>Removes a container with its volumes, which have no names, and looks whether it is gone.</summary>
    /// <remarks>An engine that is still at work in it for a process that was killed refuses, or takes a moment longer than it says.</remarks>
    public static async Task RemoveAsync(IDockerEngine engine, string container, CancellationToken cancellation)
    {
        for (long start = Environment.TickCount64; ; await Task.Delay(PollInterval, cancellation).ConfigureAwait(false))
        {
            try
            {
                await engine.Containers.RemoveAsync(container, force: true, withAnonymousVolumes: true, cancellation).ConfigureAwait(false);
            }
            catch (AsterisellException refused) when (
                refused.Kind is ErrorKind.NotFound or ErrorKind.Conflict && Environment.TickCount64 - start < BusyLimit.TotalMilliseconds)
            {
                // Looked at next.
            }

            if (await engine.FindContainerAsync(container, cancellation).ConfigureAwait(false) is null
                || Environment.TickCount64 - start > BusyLimit.TotalMilliseconds)
            {
                return;
            }
        }
    }
}
