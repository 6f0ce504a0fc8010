using System.Text;
using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

/// <summary>Reads inventories written in tests.</summary>
internal static class Inventories
{
    public const string Path = "/inventory/asterisell.yml";

    public static InventoryReadResult Read(string yaml) => InventoryReader.Read(Path, Encoding.UTF8.GetBytes(yaml));

    /// <summary>The inventory of a text that must have nothing to say about.</summary>
    public static AsterisellInventory Sound(string yaml)
    {
        InventoryReadResult result = Read(yaml);
        Assert.Empty(result.Findings.Select(finding => finding.ToString()));
        return result.Inventory!;
    }

    /// <summary>The only instance of a body below <c>instances: billing:</c>, one key a line, two spaces a level.</summary>
    public static AsterisellInstance Instance(string body) => Assert.Single(Sound(Document(body)).Instances);

    /// <summary>The only finding of such a body.</summary>
    public static InventoryFinding Finding(string body) => Assert.Single(Read(Document(body)).Findings);

    public static string Document(string body) =>
        "version: 1\ninstances:\n  billing:\n" + string.Concat(body.Split('\n').Select(line => $"    {line}\n"));

    /// <summary><c>line:column id key</c> of each finding.</summary>
    public static string[] Places(this InventoryReadResult result) =>
        [.. result.Findings.Select(finding => $"{finding.Line}:{finding.Column} {finding.Id} {finding.Key}".TrimEnd())];
}
