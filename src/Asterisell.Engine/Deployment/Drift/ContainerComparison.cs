using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Compares a container with the one that the inventory wants: image, ports, limits, volumes, restart policy.</summary>
internal static class ContainerComparison
{
    private const string None = "none";

    /// <summary>The properties that differ.</summary>
    /// <param name="wanted">The container as an installation would make it.</param>
    /// <param name="image">The image of that name, as the host has it now; null where it has none.</param>
    /// <param name="running">The container.</param>
    public static IEnumerable<SettingDifference> Compare(ContainerDefinition wanted, ImageDetail? image, ContainerDetail running)
    {
        if (image is not null && image.Id != running.ImageId)
        {
            yield return new SettingDifference("image", $"{wanted.Image} ({Short(image.Id)})", $"{running.Image} ({Short(running.ImageId)})");
        }
        else if (image is null)
        {
            yield return new SettingDifference("image", $"{wanted.Image} (the host has none of that name)", $"{running.Image} ({Short(running.ImageId)})");
        }

        foreach (int port in wanted.Ports.Concat(running.Ports).Select(one => one.PrivatePort).Distinct().Order())
        {
            string want = Ports(wanted.Ports, port);
            string have = Ports(running.Ports, port);
            if (want != have)
            {
                yield return new SettingDifference($"ports.{NameOf(port)}", want, have);
            }
        }

        long memory = wanted.Limits.MemoryBytes ?? 0;
        if (memory != running.MemoryLimitBytes)
        {
            yield return new SettingDifference("container.memoryMegabytes", Megabytes(memory), Megabytes(running.MemoryLimitBytes));
        }

        double cores = wanted.Limits.Cpus ?? 0;
        if (Math.Abs(cores - running.CpuLimit) > 0.001)
        {
            yield return new SettingDifference("container.cpuCores", Cores(cores), Cores(running.CpuLimit));
        }

        foreach (string path in wanted.Mounts.Concat(running.Mounts).Select(mount => mount.Destination).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string want = Mount(wanted.Mounts, path);
            string have = Mount(running.Mounts, path);
            if (want != have)
            {
                yield return new SettingDifference($"volume {path}", want, have);
            }
        }

        string policy = wanted.Limits.RestartPolicy ?? "no";
        if (policy != running.RestartPolicy)
        {
            yield return new SettingDifference("restart policy", policy, running.RestartPolicy);
        }
    }

    private static string Short(string id) => id.Split(':')[^1] is { Length: > 12 } hash ? hash[..12] : id.Split(':')[^1];

    private static string NameOf(int port) => port switch { 80 => "http", 443 => "https", 22 => "ssh", _ => port.ToString(CultureInfo.InvariantCulture) };

    private static string Ports(IReadOnlyList<ContainerPort> ports, int port) => ports.Where(one => one.PrivatePort == port)
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{(one.HostAddress.Length == 0 ? "0.0.0.0" : one.HostAddress)}:{one.HostPort}")).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } all
            ? string.Join(", ", all)
            : None;

    private static string Mount(IReadOnlyList<ContainerMount> mounts, string path) =>
        mounts.FirstOrDefault(mount => mount.Destination == path) is { } found ? $"{found.Kind} {found.Source}{(found.ReadOnly ? " (read only)" : "")}" : None;

    private static string Megabytes(long bytes) => bytes == 0 ? None : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB");

    private static string Cores(double cores) => cores == 0 ? None : cores.ToString("0.##", CultureInfo.InvariantCulture);
}
