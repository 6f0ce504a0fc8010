using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances.Waiting;

/// <summary>Says what keeps an instance from being in a condition.</summary>
internal sealed class ConditionProbe(IInstance instance)
{
    /// <summary>What is missing, as an operator reads it; empty when the condition is met.</summary>
    /// <remarks>A host that does not answer is something missing too: it may be just starting. A container that is not there is an error.</remarks>
    public async Task<IReadOnlyList<string>> FindMissingAsync(WaitCondition condition, CancellationToken cancellation)
    {
        try
        {
            ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
            bool runs = container is { IsRunning: true, State: "running" };
            return condition switch
            {
                WaitCondition.Stopped => container.IsRunning || container.State == "restarting" ? ["the container is " + container.State] : [],
                _ when !runs => ["the container is " + container.State],
                WaitCondition.Running => [],
                WaitCondition.Healthy => await FindIllnessAsync(cancellation).ConfigureAwait(false),
                WaitCondition.JobsIdle => await FindJobsAsync(cancellation).ConfigureAwait(false),
                _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "There is no such condition."),
            };
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.Connection or ErrorKind.Timeout)
        {
            return [Say("the host does not answer", failure)];
        }
    }

    private async Task<IReadOnlyList<string>> FindIllnessAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string>[] parts = await Task.WhenAll(
            AskAsync("the services cannot be asked", FindDeadServicesAsync, cancellation),
            AskAsync("the database does not answer", FindDatabaseAsync, cancellation),
            AskAsync("the web server cannot be asked", FindWebAsync, cancellation)).ConfigureAwait(false);
        return [.. parts.SelectMany(part => part)];
    }

    private async Task<IReadOnlyList<string>> FindDeadServicesAsync(CancellationToken cancellation)
    {
        IReadOnlyList<ServiceStatus> services = await instance.Services.ListAsync(cancellation).ConfigureAwait(false);
        return services.Count == 0
            ? ["supervisord has no services"]
            : [.. services.Where(service => !service.IsRunning).Select(service => $"service {service.Service} does not run")];
    }

    private async Task<IReadOnlyList<string>> FindDatabaseAsync(CancellationToken cancellation)
    {
        await foreach (SqlRow _ in instance.Database.QueryAsync("SELECT 1", null, cancellation).ConfigureAwait(false))
        {
            return [];
        }

        return ["the database gives no rows"];
    }

    private async Task<IReadOnlyList<string>> FindWebAsync(CancellationToken cancellation)
    {
        WebStatus web = await instance.Status.ReadWebAsync(cancellation).ConfigureAwait(false);
        return [.. new[] { Judge("customer application", web.Customer), Judge("admin application", web.Admin) }.OfType<string>()];
    }

    private static string? Judge(string application, WebAnswer answer) => answer.Answers ? null : $"the {application}: {answer.Remark}";

    private async Task<IReadOnlyList<string>> FindJobsAsync(CancellationToken cancellation) =>
        await AskAsync("jobs cannot be asked for", FindActivityAsync, cancellation).ConfigureAwait(false);

    private async Task<IReadOnlyList<string>> FindActivityAsync(CancellationToken cancellation) =>
        await instance.Application.DescribeActivityAsync(cancellation).ConfigureAwait(false) is { } running ? [$"still runs: {running}"] : [];

    /// <summary>What cannot be asked is missing, whatever the reason; a container that is gone is told by the next look.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(
        string otherwise, Func<CancellationToken, Task<IReadOnlyList<string>>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask(cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure)
        {
            return [Say(otherwise, failure)];
        }
    }

    private static string Say(string what, AsterisellException failure) => $"{what} ({failure.Reason.TrimEnd('.')})";
}
