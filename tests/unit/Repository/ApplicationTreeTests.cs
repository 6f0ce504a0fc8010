using Asterisell.Engine.Instances.Application;

namespace Asterisell.Tests.Unit.Repository;

/// <summary>The excludes of the old tool's deploying rsync, by path.</summary>
public sealed class ApplicationTreeTests
{
    [Theory]
    [InlineData("apps/asterisell/lib/jobs/rating.php", true)]
    [InlineData("asterisell.php", true)]
    [InlineData("customizations/rate.php", false)]
    [InlineData("lib/customizations/rate.php", true)]
    [InlineData("fabric_data/asterisell_instances.py", false)]
    [InlineData("apps/jobs/provider_specific/acme/Import.php", false)]
    [InlineData("apps/jobs/provider_specific/Import.php", false)]
    [InlineData("web/uploads/assets/logo.png", false)]
    [InlineData("web/uploads/logo.png", true)]
    [InlineData("config/databases.yml", false)]
    [InlineData("lib/a.php~", false)]
    [InlineData(".gitignore", false)]
    [InlineData("fabfile.pyc", false)]
    public void Goes_into_an_instance_or_not(string path, bool deployed) => Assert.Equal(deployed, ApplicationTree.HoldsDeployed(path));
}
