using Asterisell.Engine.Instances.Packages;

namespace Asterisell.Tests.Unit.Packages;

/// <summary>Read against what apt 2.6 and apt 1.0 were seen to write.</summary>
public sealed class AptManagerTests
{
    private readonly AptManager _apt = new();

    [Fact]
    public void Installed_packages_are_those_that_are_wholly_installed()
    {
        IReadOnlyList<PackageVersion> installed = _apt.ReadInstalled(
            "install ok installed\tlibssl3\tamd64\t3.0.11-1~deb12u2\n"
            + "hold ok installed\tnginx\tamd64\t1.22.1-9\n"
            + "deinstall ok config-files\tapache2\tamd64\t2.4.57-2\n"
            + "install ok half-configured\tcron\tamd64\t3.0pl1-162\n");
        Assert.Equal(
            [new PackageVersion("libssl3", "amd64", "3.0.11-1~deb12u2"), new PackageVersion("nginx", "amd64", "1.22.1-9")], installed);
    }

    [Fact]
    public void A_simulation_tells_versions_new_packages_and_security()
    {
        PackageTransaction plan = _apt.ReadTransaction(
            """
            NOTE: This is only a simulation!
            Reading package lists...
            The following packages have been kept back:
              linux-image-amd64
            Inst libssl3 [3.0.11-1~deb12u1] (3.0.15-1~deb12u1 Debian:12.9/stable, Debian-Security:12/stable-security [amd64]) []
            Inst libssl3:i386 [3.0.11-1~deb12u1] (3.0.15-1~deb12u1 Debian-Security:12/stable-security [i386])
            Inst tzdata [2024a-0+deb12u1] (2024b-0+deb12u1 Debian:12.9/stable [all])
            Inst linux-image-6.1.0-28-amd64 (6.1.119-1 Ubuntu:22.04/jammy-security [amd64])
            Inst local-tool [1.0] (2.0 localhost [all])
            Inst bare [1] (2 [all])
            Conf libssl3 (3.0.15-1~deb12u1 Debian:12.9/stable [amd64])
            """,
            []);
        Assert.Equal(
            [
                new PackageStep("libssl3", "amd64", "3.0.11-1~deb12u1", "3.0.15-1~deb12u1", true, "Debian:12.9/stable, Debian-Security:12/stable-security"),
                new PackageStep("libssl3", "i386", "3.0.11-1~deb12u1", "3.0.15-1~deb12u1", true, "Debian-Security:12/stable-security"),
                new PackageStep("tzdata", "all", "2024a-0+deb12u1", "2024b-0+deb12u1", false, "Debian:12.9/stable"),
                new PackageStep("linux-image-6.1.0-28-amd64", "amd64", null, "6.1.119-1", true, "Ubuntu:22.04/jammy-security"),
                new PackageStep("local-tool", "all", "1.0", "2.0", false, "localhost"),
                new PackageStep("bare", "all", "1", "2", false, ""),
            ],
            plan.Steps);
        Assert.Empty(plan.Removed);
        Assert.Equal("libssl3:amd64=3.0.15-1~deb12u1", _apt.Address(plan.Steps[0]));
        Assert.Equal("tzdata=2024b-0+deb12u1", _apt.Address(plan.Steps[2]));
    }

    [Fact]
    public void A_removal_is_seen()
    {
        PackageTransaction plan = _apt.ReadTransaction("Remv exim4 [4.96-15] [mailutils:amd64 ]\nInst postfix (3.7.11 Debian:12/stable [amd64])\n", []);
        Assert.Equal(["exim4"], plan.Removed);
    }

    [Theory]
    [InlineData("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 512 (apt-get)", PackageTrouble.Busy)]
    [InlineData("E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.", PackageTrouble.Broken)]
    [InlineData("E: You don't have enough free space in /var/cache/apt/archives/.", PackageTrouble.Space)]
    [InlineData("E: Failed to fetch http://mirror.example/dists/x/InRelease  Temporary failure resolving 'mirror.example'", PackageTrouble.Unreachable)]
    [InlineData("W: Some index files failed to download. They have been ignored, or old ones used instead.", PackageTrouble.Unreachable)]
    [InlineData("E: Version '9' for 'nginx' was not found", null)]
    public void Why_it_failed_is_told_apart(string error, object? trouble) => Assert.Equal((PackageTrouble?)trouble, _apt.Diagnose("", error));
}
