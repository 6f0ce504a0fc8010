using System.Globalization;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>Turns our definition of a container into the engine's.</summary>
internal static class ContainerRequests
{
    internal static ContainerCreateJson Create(ContainerDefinition definition) => new()
    {
        Image = definition.Image,
        Entrypoint = definition.Entrypoint,
        Cmd = definition.Command,
        Hostname = definition.Hostname,
        Env = [.. definition.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
        Labels = definition.Labels,
        ExposedPorts = definition.Ports.Select(Key).Distinct().ToDictionary(key => key, _ => new EmptyJson()),
        StopTimeout = definition.StopGrace is { } grace ? (long)Math.Ceiling(grace.TotalSeconds) : null,
        Healthcheck = definition.HealthCheck is { } check
            ? new HealthCheckJson(["CMD", .. check.Command], Nanoseconds(check.Interval), Nanoseconds(check.Timeout), check.Retries, Nanoseconds(check.StartPeriod))
            : null,
        HostConfig = Limits(definition.Limits, new HostConfigRequestJson
        {
            Mounts = [.. definition.Mounts.Select(mount =>
                new MountRequestJson(mount.Kind, mount.Kind == "tmpfs" ? null : mount.Source, mount.Destination, mount.ReadOnly)
                {
                    VolumeOptions = mount.WithoutCopy ? new VolumeOptionsJson(NoCopy: true) : null,
                })],
            PortBindings = definition.Ports.GroupBy(Key).ToDictionary(
                group => group.Key,
                group => group.Select(port => new PortBindingJson(port.HostAddress, Text(port.HostPort))).ToList()),
            NetworkMode = definition.Network,
            LogConfig = definition.LogBytes is { } bytes
                ? new LogConfigJson("json-file", new() { ["max-size"] = Text(bytes), ["max-file"] = "3" })
                : null,
        }),
    };

    internal static HostConfigRequestJson Limits(ContainerLimits limits, HostConfigRequestJson request) => request with
    {
        Memory = limits.MemoryBytes,
        MemorySwap = limits.MemoryBytes, // memory and swap together: without this Docker grants as much swap again
        NanoCpus = limits.Cpus is { } cpus ? (long)(cpus * 1e9) : null,
        RestartPolicy = limits.RestartPolicy is { } policy ? new RestartPolicyJson(policy, 0) : null,
    };

    private static string Key(ContainerPort port) => string.Create(CultureInfo.InvariantCulture, $"{port.PrivatePort}/{port.Protocol}");

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
