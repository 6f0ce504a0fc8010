using Asterisell.Engine.Instances.Waiting;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Waits until services and database are well and the pages of both applications are shown.</summary>
internal sealed class PagesStep(InstallWorld world) : IDeploymentWork
{
    public string Name => "Pages";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        await new InstanceWaiter(world.Instance)
            .WaitAsync(WaitCondition.Healthy, world.Options.HealthLimit, progress, cancellation).ConfigureAwait(false);
        IReadOnlyDictionary<string, string> pages = await new WebProbe(world.Instance).ReadStatusesAsync(cancellation).ConfigureAwait(false);

        // 401: the web server asks for an account first, as the inventory may want.
        string[] bad = [.. pages.Where(page => page.Value is not ("200" or "302" or "303" or "401")).Select(page => $"{page.Key} answers {page.Value}")];
        return bad.Length == 0 ? false : throw InstallErrors.PagesDoNotAnswer(world.Definition, string.Join(", ", bad));
    }
}
