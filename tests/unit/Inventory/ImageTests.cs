using Asterisell.Engine.Inventory;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Tests.Unit.Inventory;

public sealed class ImageTests
{
    [Fact]
    public void One_name_on_one_host_is_one_image()
    {
        InventoryReadResult result = Inventories.Read(
            """
            version: 1
            hosts: { h1: { endpoint: unix:///1 }, h2: { endpoint: unix:///2 } }
            instances:
              h1/alike: { image: { name: own, extraPackages: [lftp] } }
              h1/same: { image: { name: "own:latest", extraPackages: [lftp] } }
              h1/other: { image: { name: own } }
              h2/elsewhere: { image: { name: own } }
              h1/by-itself: { image: { name: "own:2" } }
            """);
        Assert.Equal([$"6:30 {FindingId.ImageConflict} instances.h1/other.image.name"], result.Places());
    }

    [Theory]
    [InlineData("a", "a:latest")]
    [InlineData("host:5000/a", "host:5000/a:latest")]
    [InlineData("host:5000/a:2", "host:5000/a:2")]
    public void A_name_without_a_tag_means_latest(string name, string full) => Assert.Equal(full, ImageFacts.FullName(new ImageSettings { Name = name }));

    [Fact]
    public void Packages_do_not_matter_beside_a_dockerfile_of_ones_own()
    {
        ImageSettings own = new() { Dockerfile = "/d/Dockerfile" };
        Assert.True(ImageFacts.AreAlike(own, own with { ExtraPackages = ["lftp"] }));
        Assert.False(ImageFacts.AreAlike(own, own with { Dockerfile = "/e/Dockerfile" }));
        Assert.False(ImageFacts.AreAlike(new(), new() { PhpPackages = ["php8.2-cli"] }));
    }
}
