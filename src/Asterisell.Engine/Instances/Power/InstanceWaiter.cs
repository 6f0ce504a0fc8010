using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Waits until an instance is as wanted.</summary>
public sealed class InstanceWaiter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly IInstance _instance;
    private readonly TimeProvider _clock;

    internal InstanceWaiter(IInstance instance, TimeProvider clock) => (_instance, _clock) = (instance, clock);

    /// <summary>Waits.</summary>
    /// <param name="condition">What for.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="progress">Told what is still missing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="AsterisellException"><c>WaitTimedOut</c>, with what was missing; <c>ContainerNotFound</c>.</exception>
    public async Task<TimeSpan> WaitAsync(WaitCondition condition, TimeSpan limit, IProgress<string>? progress, CancellationToken cancellation)
    {
        long started = _clock.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks)))
        {
            string? missing = await MissingAsync(condition, cancellation).ConfigureAwait(false);
            TimeSpan waited = _clock.GetElapsedTime(started);
            if (missing is null)
            {
                return waited;
            }

            if (waited + pause > limit)
            {
                throw InstanceErrors.WaitTimedOut(_instance.Definition, condition, limit, missing);
            }

            progress?.Report($"waits: {missing}");
            await Task.Delay(pause, _clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What is missing; null when nothing is.</summary>
    private async Task<string?> MissingAsync(WaitCondition condition, CancellationToken cancellation)
    {
        ContainerDetail container = await _instance.InspectAsync(cancellation).ConfigureAwait(false);
        bool runs = container.State == "running";
        if (condition == WaitCondition.Stopped)
        {
            return container.IsRunning ? "the container runs" : null;
        }

        if (!runs)
        {
            return $"the container is {ContainerText.Describe(container, _clock.GetUtcNow())}";
        }

        try
        {
            return condition switch
            {
                WaitCondition.Healthy => Missing(await _instance.Status.ReadAsync(new StatusOptions(), cancellation).ConfigureAwait(false)),
                WaitCondition.JobsIdle => await _instance.Application.DescribeActivityAsync(cancellation).ConfigureAwait(false),
                _ => null,
            };
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.InvalidState or ErrorKind.Conflict or ErrorKind.CommandFailed)
        {
            // It stopped or restarted between the two questions.
            return failure.Reason;
        }
    }

    private static string? Missing(InstanceStatus status)
    {
        string[] down = [.. status.Services.Where(service => !service.IsRunning).Select(service => $"{service.Service} does not run")];
        string? web = status.Web is { Admin.Answers: true, Customer.Answers: true } ? null : $"web: {status.Web?.Admin.Remark ?? status.Web?.Customer.Remark ?? "not asked"}";
        string? database = status.Database is { IsReachable: true } ? null : "MariaDB does not answer";
        string? services = status.Services.Count == 0 ? "no service is known" : null;
        string[] missing = [.. down, .. new[] { services, database, web }.OfType<string>()];
        return missing.Length == 0 ? null : string.Join("; ", missing);
    }
}
