using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>An editor with the schema says the same as the reader.</summary>
public sealed partial class SchemaTests
{
    private static readonly SchemaValidator Schema = new(JsonNode.Parse(SchemaWriter.Write())!.AsObject());

    [Fact]
    public void Takes_a_new_inventory_and_the_example_of_the_documentation()
    {
        string page = File.ReadAllText(Path.Combine(GeneratedFilesTests.Root, "docs/inventory.md"));
        foreach (string yaml in (string[])[InventoryTemplate.Text(), YamlBlock().Match(page).Groups[1].Value])
        {
            Assert.NotEmpty(Inventories.Sound(yaml).Instances);
            Assert.True(Schema.IsValid(JsonValues.Parse(yaml)));
        }
    }

    [Theory]
    [MemberData(nameof(SettingsTests.Leaves), MemberType = typeof(SettingsTests))]
    public void Takes_every_key_with_a_sound_value_and_refuses_a_value_of_no_type(string path)
    {
        (string yaml, string wrong) = SettingsTests.Document(path);
        Assert.True(Schema.IsValid(JsonValues.Parse(yaml)), yaml);
        Assert.NotNull(Inventories.Read(yaml).Inventory);
        Assert.False(Schema.IsValid(JsonValues.Parse(wrong)), wrong);
        Assert.Null(Inventories.Read(wrong).Inventory);
    }

    [Theory]
    [InlineData("version: 1", true)]
    [InlineData("version: 2", false)]
    [InlineData("hosts: {}", false)]
    [InlineData("version: 1\nhost: {}", false)]
    [InlineData("version: 1\ninstances: { a/billing: {}, b/billing: ~ }\nhosts: { aa: {}, bb: {} }", false)]
    [InlineData("version: 1\ninstances: { aa/billing: {}, bb/billing: ~ }\nhosts: { aa: {}, bb: { endpoint: 'unix:///b' } }", true)]
    [InlineData("version: 1\ninstances: { b: {} }", false)]
    [InlineData("version: 1\ninstances: { b..b: {} }", false)]
    [InlineData("version: 1\ndefaults: { extends: aa }", false)]
    [InlineData("version: 1\ndefaults: { tags+: [a] }", true)]
    [InlineData("version: 1\ndefaults: { active+: true }", false)]
    [InlineData("version: 1\ndefaults: { ports: { http: 0 } }", false)]
    [InlineData("version: 1\ndefaults: { ports: { http: 65536 } }", false)]
    [InlineData("version: 1\ndefaults: { ports: { http: null } }", true)]
    [InlineData("version: 1\ndefaults: { smtp: { encryption: starttls } }", false)]
    [InlineData("version: 1\ndefaults: { smtp: { password: { env: A, file: b } } }", false)]
    [InlineData("version: 1\ndefaults: { smtp: { password: { secret: a, vault: b } } }", true)]
    [InlineData("version: 1\ndefaults: { webdav: { users: [{ name: a }] } }", false)]
    [InlineData("version: 1\ndefaults: { reports: { custom: [{ A: b }, 'C: \"d\"'] } }", true)]
    [InlineData("version: 1\ndefaults: { reports: { custom: ['C: d'] } }", false)]
    [InlineData("version: 1\ndefaults: { customFiles: { ../a: b } }", false)]
    [InlineData("version: 1\ndefaults: { rating: { costLimitPeriod: 30, hiddenTelephonePrefix: 39 } }", true)]
    [InlineData("version: 1\ntargets: { disk: { path: /x } }", false)]
    public void Agrees_with_the_reader(string yaml, bool isSound)
    {
        Assert.Equal(isSound, Inventories.Read(yaml).Inventory is not null);
        Assert.Equal(isSound, Schema.IsValid(JsonValues.Parse(yaml)));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
