using Asterisell.Engine.Inventory.Settings;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>The instances of an inventory.</summary>
internal sealed class InstanceReader(
    FindingList findings, SettingReader reader, HostReader hosts, TargetReader targets, TemplateReader templates)
{
    private static readonly SettingField HostKey = SettingSection.Instance.At("host");
    private static readonly SettingField TargetsKey = SettingSection.Instance.At("targets");

    private readonly Dictionary<string, YamlScalar> seen = new(StringComparer.OrdinalIgnoreCase);
    private long composedItems;

    /// <summary>Every instance without an error of its own, in the order of the file.</summary>
    public IReadOnlyList<AsterisellInstance> Read(YamlMapping? mapping)
    {
        List<InstanceEntry> entries = [];
        foreach (YamlEntry entry in EntryNames.Limited(mapping, InventoryLimits.Instances, findings, "instances"))
        {
            if (ReadEntry(entry) is { } read)
            {
                entries.Add(read);
            }

            if (composedItems > InventoryLimits.ComposedItems)
            {
                findings.Error(
                    FindingId.TooManyNodes, entry.Key, "instances", $"The lists of all instances have more than {InventoryLimits.ComposedItems} items.");
                break;
            }
        }

        InstanceChecks.Check(entries, findings);
        return [.. entries.Select(entry => entry.Instance)];
    }

    private InstanceEntry? ReadEntry(YamlEntry entry)
    {
        string key = entry.Key.Value;
        string path = $"instances.{Excerpt.Of(key)}";
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        string name = key[(slash + 1)..];
        bool sound = EntryNames.Check(entry.Key, name, findings, path);
        YamlMapping? keys = EntryNames.Mapping(entry, findings, path, "keys of an instance");
        if (keys is null)
        {
            return null;
        }

        SettingLayer own = reader.Read(keys, SettingSection.Instance, path);
        templates.CheckReferences(own, path);
        SettingLayer composed = templates.Compose(own, path);
        composedItems += composed.ListItems;
        InstanceDefinition definition = (InstanceDefinition)SettingSection.Instance.Build(composed);
        AsterisellHost? host = FindHost(entry.Key, slash < 0 ? null : key[..slash], own, composed, definition, path);
        BackupTarget[] chosen = FindTargets(definition, composed, entry.Key, path);
        if (!sound || host is null
            || !EntryNames.CheckUnique(entry.Key, $"{host.Name}/{name}", seen, findings, FindingId.DuplicateInstance, path))
        {
            return null;
        }

        AsterisellInstance instance = new()
        {
            Name = name,
            Host = host,
            Active = definition.Active,
            Tags = [.. definition.Tags.Distinct(StringComparer.OrdinalIgnoreCase)],
            Targets = chosen,
            Settings = DerivedDefaults.Fill(name, definition.Settings, composed),
            InventoryPath = findings.Path,
        };
        return new InstanceEntry(instance, entry.Key, own, composed, path);
    }

    private AsterisellHost? FindHost(
        YamlScalar key, string? inKey, SettingLayer own, SettingLayer composed, InstanceDefinition definition, string path)
    {
        if (inKey is not null && own.Find(HostKey) is { IsReset: false } stated && !string.Equals((string)stated.Content!, inKey, StringComparison.OrdinalIgnoreCase))
        {
            findings.Error(FindingId.InvalidValue, stated.Node, $"{path}.host", $"The name already says host '{Excerpt.Of(inKey)}'.", "one host");
        }

        string? wanted = inKey ?? definition.Host;
        if (wanted is null)
        {
            if (hosts.Hosts.Count == 1)
            {
                return hosts.Hosts[0];
            }

            findings.Error(FindingId.MissingHost, key, path, "The key 'host' is missing.", $"one of the hosts {string.Join(", ", hosts.Names)}");
            return null;
        }

        AsterisellHost? host = hosts.Find(wanted);
        if (host is null && !hosts.IsBroken(wanted))
        {
            YamlNode at = inKey is null && composed.Find(HostKey) is { } value ? value.Node : key;
            findings.Error(
                FindingId.UnknownHost, at, path, $"There is no host '{Excerpt.Of(wanted)}'.", $"one of the hosts {string.Join(", ", hosts.Names)}",
                findings.DidYouMean(wanted, hosts.Names));
        }

        return host;
    }

    private BackupTarget[] FindTargets(InstanceDefinition definition, SettingLayer composed, YamlScalar key, string path)
    {
        foreach (string name in definition.Targets?.Where(name => targets.Find(name) is null && !targets.IsBroken(name)) ?? [])
        {
            findings.Error(
                FindingId.UnknownTarget, composed.Find(TargetsKey)?.Node ?? key, $"{path}.targets", $"There is no target '{name}'.",
                targets.Targets.Count > 0 ? $"some of the targets {string.Join(", ", targets.Names)}" : "the key 'targets' with a target of that name",
                findings.DidYouMean(name, targets.Names));
        }

        return definition.Targets is null
            ? [.. targets.Targets]
            : [.. definition.Targets.Select(targets.Find).OfType<BackupTarget>().Distinct()];
    }
}

/// <summary>An instance with the places that its checks have to point at.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Own">What its own entry says.</param>
/// <param name="Composed">What the whole file says of it.</param>
/// <param name="Path">Key path of the entry.</param>
internal sealed record InstanceEntry(AsterisellInstance Instance, YamlScalar Key, SettingLayer Own, SettingLayer Composed, string Path)
{
    /// <summary>The value of a field where the entry itself says it; else the entry's name.</summary>
    public YamlNode Place(SettingField field) => Own.Find(field)?.Node ?? Key;
}
