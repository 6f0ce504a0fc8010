using Asterisell.Engine.Inventory.Settings;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>Nodes to inventory. Every part is read to its end, so that all findings come at once.</summary>
internal sealed class InventoryBuilder(FindingList findings)
{
    private readonly string folder = Path.GetDirectoryName(findings.Path) ?? Path.GetPathRoot(findings.Path) ?? "/";

    /// <summary>The inventory; of use only when no finding is an error.</summary>
    public AsterisellInventory? Build(YamlNode? root)
    {
        if (root is null or YamlScalar { IsMissing: true })
        {
            if (!findings.HasErrors)
            {
                findings.ErrorAt(
                    FindingId.EmptyFile, 1, 1, "The file says nothing.", "an inventory", "Write one with New-AsterisellInventory.");
            }

            return null;
        }

        if (root is not YamlMapping document)
        {
            findings.Error(FindingId.WrongType, root, string.Empty, $"The file holds {root.Description}.", $"the keys {SettingSection.Document.KeyWords}");
            return null;
        }

        SettingReader reader = new(findings, folder);
        ReadVersion(document);
        HostReader hosts = new(findings, reader, Section(document, "hosts"));
        TargetReader targets = new(findings, reader, Section(document, "targets"));
        SettingLayer defaults = Section(document, "defaults") is { } mapping
            ? reader.Read(mapping, SettingSection.Instance, "defaults", refusedKey: "extends")
            : new SettingLayer();
        TemplateReader templates = new(findings, reader, Section(document, "templates"), defaults);
        InstanceReader instances = new(findings, reader, hosts, targets, templates);
        AsterisellInventory inventory = new()
        {
            Path = findings.Path,
            Hosts = hosts.Hosts,
            Targets = targets.Targets,
            Instances = instances.Read(Section(document, "instances")),
        };
        return inventory;
    }

    private YamlMapping? Section(YamlMapping document, string key)
    {
        YamlNode? node = document.Entries.Find(entry => entry.Key.Value == key)?.Value;
        if (node is not (null or YamlMapping or YamlScalar { IsMissing: true }))
        {
            findings.Error(FindingId.WrongType, node, key, $"Found {node.Description}.", SettingSection.Document.Find(key)!.Expected);
        }

        return node as YamlMapping;
    }

    private void ReadVersion(YamlMapping document)
    {
        SettingField field = SettingSection.Document.Find("version")!;
        foreach (YamlEntry entry in document.Entries.Where(entry => SettingSection.Document.Find(entry.Key.Value) is null))
        {
            UnknownKey.Report(findings, entry.Key, string.Empty, SettingSection.Document);
        }

        YamlNode? node = document.Entries.Find(entry => entry.Key.Value == "version")?.Value;
        if (node is null)
        {
            findings.Error(FindingId.MissingKey, document, string.Empty, "The key 'version' is missing.", "version: 1");
        }
        else if (node is not YamlScalar { IsPlain: true, Value: "1" })
        {
            findings.Error(
                FindingId.UnsupportedVersion, node, "version", "This version of the format is not known.", field.Expected,
                "Perhaps the file was written for a newer version of the module.");
        }
    }
}
