using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>The container's part of a status.</summary>
internal static class ContainerReader
{
    public static ContainerStatus Missing { get; } = new() { State = "missing" };

    public static ContainerStatus Read(ContainerDetail? container, DateTimeOffset now)
    {
        if (container is null)
        {
            return Missing;
        }

        bool runs = container.IsRunning;
        return new ContainerStatus
        {
            State = container.State,
            Id = container.Id,
            Image = container.Image,
            StartedAt = container.StartedAt,
            FinishedAt = runs ? null : container.FinishedAt,
            Uptime = runs && container.StartedAt is { } start && start < now ? now - start : null,
            RestartCount = container.RestartCount,
            Health = container.Health,
            ExitCode = runs || container.FinishedAt is null ? null : container.ExitCode,
            ExitReason = runs || container.FinishedAt is null ? null : ContainerText.ExitReason(container),
        };
    }
}
