using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Scratch;

/// <summary>Throw-away instances: containers of an instance's image with anonymous volumes, without network, for minutes.</summary>
/// <remarks>
/// Nothing in one can reach the world: no network, so no mail and no import; cron finds its lock. Its labels name it as one, so that it is never
/// taken for an instance, and name the process that wants it, so that the next one removes what a killed one left.
/// </remarks>
public sealed class ScratchInstances(IDockerConnector connector) : IScratchInstances
{
    /// <summary>What the label <see cref="Ownership.Scratch"/> says of these.</summary>
    public const string Purpose = "drill";

    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ActivationLimit = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<IScratchInstance> MakeAsync(ScratchRequest request, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        IDockerEngine engine = await connector.ConnectAsync(request.Host, cancellation).ConfigureAwait(false);
        await ScratchSweep.RemoveAbandonedAsync(engine, cancellation).ConfigureAwait(false);
        ImageDetail image = await FindImageAsync(engine, request, cancellation).ConfigureAwait(false);
        DatabaseCredentials admin = DatabasesYml.Parse(request.AdminCredentials);
        AsterisellInstance definition = request.Instance with
        {
            ContainerName = $"asterisell-drill-{Guid.NewGuid():N}"[..28],
            Settings = request.Instance.Settings with
            {
                Database = request.Instance.Settings.Database with { Name = admin.Database, User = admin.User },
            },
        };
        ScratchInstance scratch = new(engine, new InstanceHandle(definition, engine, TimeProvider.System), image.Names.Count > 0 ? image.Names[0] : image.Id, admin, CustomerOf(request, admin));
        try
        {
            progress?.Report("making a throw-away container");
            await engine.Containers.CreateAsync(Define(definition, image), cancellation).ConfigureAwait(false);
            bool needsActivation = await new ApplicationCopy(connector, engine, definition).BringAsync(request.Instance, cancellation).ConfigureAwait(false);
            await LayOutAsync(engine, definition, cancellation).ConfigureAwait(false);
            Stream files = request.Files();
            await using (files.ConfigureAwait(false))
            {
                await engine.PutArchiveAsync(definition.ContainerName, "/", files, cancellation).ConfigureAwait(false);
            }

            progress?.Report("starting the throw-away container");
            await engine.StartContainerAsync(definition.ContainerName, cancellation).ConfigureAwait(false);
            await scratch.OpenDatabaseAsync(DatabaseLimit, cancellation).ConfigureAwait(false);
            await scratch.Instance.Application.SetCronLockAsync(true, cancellation).ConfigureAwait(false);
            if (needsActivation)
            {
                await scratch.Instance.Application.RunAsync(["silently-activate"], [], ActivationLimit, cancellation).ConfigureAwait(false);
            }

            return scratch;
        }
        catch
        {
            await scratch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The folder for exchange with resellers, which is in no backup; nginx does not start without it.</summary>
    private static Task LayOutAsync(IDockerEngine engine, AsterisellInstance instance, CancellationToken cancellation)
    {
        const UnixFileMode Owned = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        string web = instance.Settings.Web.UnixUser;
        string exchange = Templates.NginxConf.ExchangeFolder(instance);
        return new ContainerFiles(engine, instance.ContainerName).WriteAsync(
            [new NewEntry(exchange, null, web, web, Owned), new NewEntry($"{exchange}/tmp", null, web, web, Owned)], cancellation);
    }

    private static async Task<ImageDetail> FindImageAsync(IDockerEngine engine, ScratchRequest request, CancellationToken cancellation)
    {
        foreach (string name in request.Images)
        {
            if (await engine.Images.FindAsync(name, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        throw ScratchErrors.DrillImageNotFound(request.Instance, request.Host, request.Images);
    }

    private static string CustomerOf(ScratchRequest request, DatabaseCredentials admin)
    {
        try
        {
            return request.CustomerCredentials is { } text ? DatabasesYml.Parse(text).Password : admin.Password;
        }
        catch (FormatException)
        {
            return admin.Password;
        }
    }

    private static ContainerDefinition Define(AsterisellInstance instance, ImageDetail image) => new(instance.ContainerName, image.Id)
    {
        Network = "none",
        Labels = new Dictionary<string, string> { [Ownership.Scratch] = Purpose, [ScratchOwner.Label] = ScratchOwner.Current.ToString() },
        Limits = new ContainerLimits { RestartPolicy = "no" },
    };
}
