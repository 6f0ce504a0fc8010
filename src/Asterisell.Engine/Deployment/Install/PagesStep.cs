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
        WebStatus web = await world.Instance.Status.ReadWebAsync(cancellation).ConfigureAwait(false);
        string[] bad = [.. new[] { Judge("/admin/", web.Admin), Judge("/", web.Customer) }.OfType<string>()];
        return bad.Length == 0 ? false : throw InstallErrors.PagesDoNotAnswer(world.Definition, string.Join(", ", bad));
    }

    /// <summary>A refusal of nginx (403) is an answer of a running instance, but not what a new one should show.</summary>
    private static string? Judge(string page, WebAnswer answer) =>
        answer is { Answers: true, HttpStatus: not 403 } ? null : $"{page}: {answer.Remark ?? $"HTTP status {answer.HttpStatus}"}";
}
