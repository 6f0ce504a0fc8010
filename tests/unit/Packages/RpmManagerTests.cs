using Asterisell.Engine.Instances.Packages;

namespace Asterisell.Tests.Unit.Packages;

/// <summary>
/// Texts in the form that the manuals of yum 3.4 and dnf 4 show; no machine with rpm was at hand, so none of them is a recording.
/// </summary>
public sealed class RpmManagerTests
{
    private static readonly PackageVersion[] Installed =
    [
        new("openssl-libs", "x86_64", "1:1.0.2k-21.el7_9"), new("tzdata", "noarch", "2022f-1.el7"), new("bind-libs-with-a-very-long-name", "x86_64", "32:9.11.4-26.el7"),
    ];

    private readonly RpmManager _yum = new("yum");
    private readonly RpmManager _dnf = new("dnf");

    [Fact]
    public void Installed_packages_have_an_epoch_only_where_there_is_one()
    {
        IReadOnlyList<PackageVersion> installed = _yum.ReadInstalled(
            "openssl-libs\tx86_64\t1:1.0.2k-21.el7_9\ntzdata\tnoarch\t(none):2022f-1.el7\ngpg-pubkey\t(none)\t(none):f4a80eb5-53a7ff4b\n");
        Assert.Equal([new("openssl-libs", "x86_64", "1:1.0.2k-21.el7_9"), new("tzdata", "noarch", "2022f-1.el7")], installed);
    }

    [Fact]
    public void A_table_of_yum_is_read_over_wrapped_lines_and_without_advisories()
    {
        PackageTransaction plan = _yum.ReadTransaction(
            """
            Resolving Dependencies
            --> Running transaction check
            ---> Package openssl-libs.x86_64 1:1.0.2k-21.el7_9 will be updated
            --> Finished Dependency Resolution

            Dependencies Resolved

            ================================================================================
             Package            Arch       Version                  Repository         Size
            ================================================================================
            Updating:
             openssl-libs       x86_64     1:1.0.2k-26.el7_9        updates           1.2 M
             bind-libs-with-a-very-long-name
                                x86_64     32:9.11.4-26.P2.el7_9.16 updates           158 k
                 replacing  bind-libs-lite.x86_64 32:9.11.4-26.el7
            Updating for dependencies:
             tzdata             noarch     2024a-1.el7              updates           499 k
            Installing for dependencies:
             python-libs        x86_64     2.7.5-94.el7_9           updates           5.6 M

            Transaction Summary
            ================================================================================
            Install             ( 1 Dependent package)
            Upgrade  2 Packages (+1 Dependent package)

            Total download size: 7.4 M
            Exiting on user command
            == advisories ==
            """,
            Installed);
        Assert.Equal(
            [
                new PackageStep("openssl-libs", "x86_64", "1:1.0.2k-21.el7_9", "1:1.0.2k-26.el7_9", null, "updates"),
                new PackageStep("bind-libs-with-a-very-long-name", "x86_64", "32:9.11.4-26.el7", "32:9.11.4-26.P2.el7_9.16", null, "updates"),
                new PackageStep("tzdata", "noarch", "2022f-1.el7", "2024a-1.el7", null, "updates"),
                new PackageStep("python-libs", "x86_64", null, "2.7.5-94.el7_9", null, "updates"),
            ],
            plan.Steps);
        Assert.Equal("openssl-libs-1:1.0.2k-26.el7_9.x86_64", _yum.Address(plan.Steps[0]));
        Assert.Equal("tzdata-0:2024a-1.el7.noarch", _yum.Address(plan.Steps[2]));
    }

    [Fact]
    public void A_table_of_dnf_tells_removals_and_advisories_tell_security()
    {
        PackageTransaction plan = _dnf.ReadTransaction(
            """
            Dependencies resolved.
            ================================================================================
             Package          Architecture   Version                Repository         Size
            ================================================================================
            Upgrading:
             openssl-libs     x86_64         1:3.0.7-28.el9_4       baseos            1.9 M
             tzdata           noarch         2024b-2.el9            baseos            432 k
            Removing dependent packages:
             old-plugin       x86_64         1.0-1.el9              @baseos           2.0 M

            Transaction Summary
            ================================================================================
            Upgrade  2 Packages
            Remove   1 Package
            == advisories ==
            RHSA-2024:5363 Important/Sec. openssl-libs-1:3.0.7-28.el9_4.x86_64
            RHBA-2024:0001 bugfix         tzdata-2024b-2.el9.noarch
            """,
            Installed);
        Assert.True(plan.Steps[0].IsSecurity);
        Assert.False(plan.Steps[1].IsSecurity);
        Assert.Equal(["old-plugin"], plan.Removed);
    }

    [Fact]
    public void Nothing_to_do_is_no_step() => Assert.Empty(_dnf.ReadTransaction("Dependencies resolved.\nNothing to do.\nComplete!\n", Installed).Steps);

    [Theory]
    [InlineData("Another app is currently holding the yum lock; waiting for it to exit...", PackageTrouble.Busy)]
    [InlineData("Cannot find a valid baseurl for repo: base/7/x86_64", PackageTrouble.Unreachable)]
    [InlineData("Error: Failed to download metadata for repo 'appstream': Cannot prepare internal mirrorlist", PackageTrouble.Unreachable)]
    [InlineData("  [Errno 28] No space left on device", PackageTrouble.Space)]
    [InlineData("No packages marked for update", null)]
    public void Why_it_failed_is_told_apart(string error, object? trouble) => Assert.Equal((PackageTrouble?)trouble, _yum.Diagnose("", error));
}
