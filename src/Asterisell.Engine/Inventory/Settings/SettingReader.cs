using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Reads the keys of a section from a mapping; what is wrong becomes a finding, and the rest is still read.</summary>
internal sealed class SettingReader(FindingList findings, string folder)
{
    private readonly ValueReader values = new(findings, folder);

    /// <summary>The values that a mapping gives to the keys of a section.</summary>
    public SettingLayer Read(YamlMapping mapping, SettingSection section, string path, string? refusedKey = null)
    {
        SettingLayer layer = new();
        ReadInto(layer, mapping, section, path, refusedKey);
        return layer;
    }

    private void ReadInto(SettingLayer layer, YamlMapping mapping, SettingSection section, string path, string? refusedKey)
    {
        foreach ((YamlScalar key, YamlNode node) in mapping.Entries)
        {
            bool adds = key.Value.EndsWith('+');
            string name = adds ? key.Value[..^1] : key.Value;
            SettingField? field = name == refusedKey ? null : section.Find(name);
            if (field is null)
            {
                UnknownKey.Report(findings, key, path, section);
            }
            else if (adds && !field.IsList)
            {
                findings.Error(
                    FindingId.UnknownKey, key, Join(path, key.Value), $"Only lists can be added to, and '{name}' is none.",
                    suggestion: $"Write '{name}'.");
            }
            else if (adds && mapping.Entries.Any(other => other.Key.Value == name))
            {
                findings.Error(
                    FindingId.DuplicateKey, key, Join(path, key.Value), $"'{name}' stands beside '{name}+'.",
                    $"either '{name}', which replaces the list, or '{name}+', which adds to it");
            }
            else
            {
                ReadField(layer, field, node, Join(path, field.Key), adds);
            }
        }
    }

    private void ReadField(SettingLayer layer, SettingField field, YamlNode node, string path, bool adds)
    {
        switch (field.Type)
        {
            case SettingType.Section when node is YamlMapping mapping:
                ReadInto(layer, mapping, field.Section!, path, null);
                return;
            case SettingType.Section when node is YamlScalar { IsMissing: true }:
                return;
            default:
                break;
        }

        if (node is YamlScalar { IsNull: true } && !adds && field.Type != SettingType.Section)
        {
            layer.Set(field, new SettingValue(node, null, isReset: true));
            return;
        }

        object? content = field.Type switch
        {
            SettingType.SectionList => ReadItems(field, node, path),
            SettingType.Section => values.WrongShape(node, path, field.Expected),
            _ => values.Read(field, node, path),
        };
        if (content is not null)
        {
            layer.Set(field, new SettingValue(node, content, adds));
        }
    }

    private List<object>? ReadItems(SettingField field, YamlNode node, string path)
    {
        if (node is not YamlSequence sequence)
        {
            values.WrongShape(node, path, field.Expected);
            return null;
        }

        values.CheckLength(sequence, path);
        List<object> items = [];
        for (int i = 0; i < sequence.Items.Count; i++)
        {
            string itemPath = $"{path}[{i}]";
            if (sequence.Items[i] is YamlMapping mapping)
            {
                SettingLayer layer = Read(mapping, field.Section!, itemPath);
                CheckRequired(layer, mapping, mapping, field.Section!, itemPath);
                items.Add(field.Section!.Build(layer));
            }
            else
            {
                values.WrongShape(sequence.Items[i], itemPath, $"the keys {field.Section!.KeyWords}");
            }
        }

        return items;
    }

    /// <summary>Adds an error for each key of a section that must be given and is not; one with a wrong value has its own finding.</summary>
    public void CheckRequired(SettingLayer layer, YamlMapping mapping, YamlNode at, SettingSection section, string path)
    {
        foreach (SettingField field in section.Visible.Where(field => field.Attribute.Required))
        {
            if (layer.Find(field) is { IsReset: true } || mapping.Entries.All(entry => entry.Key.Value != field.Key))
            {
                findings.Error(FindingId.MissingKey, at, path, $"The key '{field.Key}' is missing.", field.Expected);
            }
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
