using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

public sealed class InventoryReaderTests
{
    [Fact]
    public void A_name_is_enough_for_an_instance()
    {
        AsterisellInventory inventory = Inventories.Sound("version: 1\ninstances:\n  billing:\n");
        AsterisellInstance instance = Assert.Single(inventory.Instances);
        Assert.Equal("local/billing", instance.ToString());
        Assert.Equal("unix:///var/run/docker.sock", instance.Host.Endpoint.OriginalString);
        Assert.Equal("billing", instance.Settings.Database.Name);
        Assert.True(instance.Active);
        Assert.Equal(Inventories.Path, instance.InventoryPath);
    }

    [Fact]
    public void Two_hosts_may_each_have_an_instance_of_one_name()
    {
        AsterisellInventory inventory = Inventories.Sound(
            """
            version: 1
            hosts:
              milan: { endpoint: ssh://root@milan.example.com:2222, tags: [production] }
              rome: { endpoint: unix:///run/rome.sock }
            instances:
              milan/billing: { ports: { http: 8000 } }
              rome/billing: { ports: { http: 8000 } }
              demo: { host: rome, active: false, tags: [test] }
            """);
        Assert.Equal(["milan/billing", "rome/billing", "rome/demo"], inventory.Instances.Select(i => i.ToString()));
        Assert.False(inventory.Instances[2].Active);
        Assert.Equal(["test"], inventory.Instances[2].Tags);
    }

    [Fact]
    public void Later_layers_cover_earlier_ones_and_a_plus_adds()
    {
        AsterisellInventory inventory = Inventories.Sound(
            """
            version: 1
            defaults:
              tags: [all]
              jobs: { import: [A], frequencyMinutes: 7 }
              customFiles: { a.php: apps/a, b.php: apps/b }
            templates:
              base:
                jobs: { import+: [B] }
                currency: { code: EUR }
              left: { extends: base, currency: { code: CHF }, jobs: { export: [X] } }
              right: { extends: base, tags+: [right] }
            instances:
              billing:
                extends: [left, right]
                jobs: { import+: [C], frequencyMinutes: null }
                customFiles: { b.php: null, c.php: apps/c }
            """);
        AsterisellInstance billing = Assert.Single(inventory.Instances);
        Assert.Equal(["A", "B", "C"], billing.Settings.Jobs.Import);
        Assert.Equal(["X"], billing.Settings.Jobs.Export);
        Assert.Equal(5, billing.Settings.Jobs.FrequencyMinutes);
        Assert.Equal("CHF", billing.Settings.Currency.Code);
        Assert.Equal(["all", "right"], billing.Tags);
        Assert.Equal(["a.php", "c.php"], billing.Settings.CustomFiles.Keys.Order());
    }

    [Fact]
    public void Every_error_of_a_file_comes_at_once_and_in_order()
    {
        InventoryReadResult result = Inventories.Read(
            """
            version: 1
            defaults:
              curency: { code: EUR }
            templates:
              one: { extends: two }
              two: { extends: one }
            instances:
              billing:
                extends: thre
                ports: { http: eighty, https: 70000 }
                currency: { code: EURO }
              Billing: {}
              b: {}
            """);
        Assert.Null(result.Inventory);
        Assert.Equal(
            [
                "3:3 UnknownKey defaults.curency",
                "6:19 TemplateCycle templates.two.extends",
                "9:14 UnknownTemplate instances.billing.extends",
                "10:20 WrongType instances.billing.ports.http",
                "10:35 InvalidValue instances.billing.ports.https",
                "11:23 InvalidValue instances.billing.currency.code",
                "12:3 DuplicateInstance instances.Billing",
                "13:3 InvalidValue instances.b",
            ],
            result.Places());
        Assert.Equal("Did you mean 'currency'?", result.Findings[0].Suggestion);
    }
}
