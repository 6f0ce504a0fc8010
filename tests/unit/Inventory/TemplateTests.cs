using System.Runtime.Versioning;
using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

[UnsupportedOSPlatform("windows")]
public sealed class TemplateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("template").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_new_inventory_has_nothing_to_say_about()
    {
        string path = Path.Combine(folder, "new/asterisell.yml");
        InventoryTemplate.Create(path, "/modules/Asterisell/asterisell.schema.json");
        InventoryReadResult result = InventoryReader.Read(path);
        Assert.Empty(result.Findings);
        Assert.Equal("local/billing", Assert.Single(result.Inventory!.Instances).ToString());
        Assert.StartsWith("# yaml-language-server: $schema=/modules/Asterisell/asterisell.schema.json\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Every_example_in_it_can_be_taken_into_use()
    {
        IEnumerable<string> lines = InventoryTemplate.Text().Split('\n')
            .Select(line => line.TrimStart() is ['#', not ' ', ..] example ? line[..(line.Length - example.Length)] + example[1..] : line);
        AsterisellInventory inventory = Inventories.Sound(string.Join('\n', lines));
        Assert.Equal(2, inventory.Hosts.Count);
        Assert.Equal(["production", "reseller"], inventory.Instances[0].Tags.Concat(["reseller"]).Distinct());
        Assert.Equal("disk", Assert.Single(inventory.Instances[0].Targets).Name);
        Assert.False(inventory.Instances[0].Active);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force()
    {
        string path = Path.Combine(folder, "asterisell.yml");
        File.WriteAllText(path, "mine");
        AsterisellException error = Assert.Throws<AsterisellException>(() => InventoryTemplate.Create(path));
        Assert.Equal(nameof(InventoryErrors.InventoryExists), error.ErrorId);
        Assert.Equal("mine", File.ReadAllText(path));
        InventoryTemplate.Create(path, force: true);
        Assert.Equal(InventoryTemplate.Text(), File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_place_that_takes_no_file_is_an_error()
    {
        File.WriteAllText(Path.Combine(folder, "file"), string.Empty);
        foreach (string path in (string[])[Path.Combine(folder, "file/asterisell.yml"), "/proc/asterisell.yml"])
        {
            Assert.Equal(nameof(InventoryErrors.InventoryNotWritable), Assert.Throws<AsterisellException>(() => InventoryTemplate.Create(path)).ErrorId);
        }

        Assert.Equal(nameof(InventoryErrors.InventoryExists), Assert.Throws<AsterisellException>(() => InventoryTemplate.Create(folder, force: true)).ErrorId);
    }
}
