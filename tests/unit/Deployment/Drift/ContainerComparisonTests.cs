using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Unit.Deployment.Drift;

public sealed class ContainerComparisonTests
{
    private static readonly ContainerDefinition Wanted = new("billing", "own:1")
    {
        Mounts = [new ContainerMount("volume", "billing-var", "/var", ReadOnly: false)],
        Ports = [new ContainerPort(80, "tcp", "127.0.0.1", 8100)],
        Limits = new ContainerLimits { MemoryBytes = 1_000_000_000, Cpus = 2, RestartPolicy = "unless-stopped" },
    };

    private static readonly ImageDetail Image = new("sha256:0123456789abcdef", ["own:1"], [], 1, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());

    private static readonly ContainerDetail Running = new()
    {
        Id = "1", Name = "billing", Image = "own:1", ImageId = Image.Id, State = "running", RestartPolicy = "unless-stopped",
        MemoryLimitBytes = 1_000_000_000, CpuLimit = 2, Mounts = Wanted.Mounts, Ports = Wanted.Ports,
    };

    [Fact]
    public void A_container_as_it_was_made_does_not_differ() => Assert.Empty(ContainerComparison.Compare(Wanted, Image, Running));

    [Fact]
    public void What_only_a_new_container_changes_is_named_by_its_setting()
    {
        ContainerDefinition other = Wanted with
        {
            Mounts = [.. Wanted.Mounts, new ContainerMount("volume", "billing-ssh", "/etc/ssh", ReadOnly: false)],
            Ports = [new ContainerPort(80, "tcp", "0.0.0.0", 8101), new ContainerPort(443, "tcp", "127.0.0.1", 44300)],
            Limits = new ContainerLimits { MemoryBytes = 2_000_000_000, Cpus = 1.5, RestartPolicy = "no" },
        };
        SettingDifference[] found = [.. ContainerComparison.Compare(other, Image with { Id = "sha256:fedcba9876543210" }, Running)];
        Assert.Equal(
            [
                new("image", "own:1 (fedcba987654)", "own:1 (0123456789ab)"), new("ports.http", "0.0.0.0:8101", "127.0.0.1:8100"),
                new("ports.https", "127.0.0.1:44300", "none"), new("container.memoryMegabytes", "2000 MB", "1000 MB"), new("container.cpuCores", "1.5", "2"),
                new("volume /etc/ssh", "volume billing-ssh", "none"), new SettingDifference("restart policy", "no", "unless-stopped"),
            ],
            found);
        Assert.All(found, one => Assert.Equal(DriftEffect.NewContainer, one.Effect));
    }

    [Fact]
    public void A_container_of_the_old_tool_has_no_limits_a_volume_without_a_name_and_ports_on_every_interface()
    {
        ContainerDetail old = Running with
        {
            Image = "asterisell/centos7", ImageId = "sha256:old", RestartPolicy = "always", MemoryLimitBytes = 0, CpuLimit = 0,
            Mounts = [new ContainerMount("volume", new string('a', 64), "/var", ReadOnly: false), new ContainerMount("bind", "/dev/log", "/dev/log", ReadOnly: true)],
            Ports = [new ContainerPort(80, "tcp", "", 8100), new ContainerPort(80, "tcp", "::", 8100)],
        };
        Assert.Equal(
            [
                "image: asterisell/centos7 (old) -> own:1 (the host has none of that name)", "ports.http: 0.0.0.0:8100, :::8100 -> 127.0.0.1:8100",
                "container.memoryMegabytes: none -> 1000 MB", "container.cpuCores: none -> 2", "volume /dev/log: bind /dev/log (read only) -> none",
                $"volume /var: volume {new string('a', 64)} -> volume billing-var", "restart policy: always -> unless-stopped",
            ],
            ContainerComparison.Compare(Wanted, null, old).Select(one => $"{one.Setting}: {one.Running} -> {one.Wanted}"));
    }
}
