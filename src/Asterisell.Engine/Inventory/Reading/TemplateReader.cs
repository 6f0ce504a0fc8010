using Asterisell.Engine.Inventory.Settings;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>The templates of an inventory, and the order in which their values cover each other.</summary>
internal sealed class TemplateReader
{
    private static readonly SettingField Extends = SettingSection.Instance.At("extends");

    private readonly FindingList findings;
    private readonly SettingLayer defaults;
    private readonly Dictionary<string, SettingLayer> layers = new(StringComparer.Ordinal);
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);

    public TemplateReader(FindingList findings, SettingReader reader, YamlMapping? mapping, SettingLayer defaults)
    {
        this.findings = findings;
        this.defaults = defaults;
        foreach (YamlEntry entry in mapping?.Entries ?? [])
        {
            string path = $"templates.{Excerpt.Of(entry.Key.Value)}";
            if (EntryNames.Check(entry.Key, entry.Key.Value, findings, path)
                && EntryNames.Mapping(entry, findings, path, "keys of an instance") is { } keys)
            {
                layers.Add(entry.Key.Value, reader.Read(keys, SettingSection.Instance, path));
            }
            else
            {
                broken.Add(entry.Key.Value);
            }
        }

        foreach ((string name, SettingLayer layer) in layers)
        {
            CheckReferences(layer, $"templates.{name}");
            CheckCycle(name);
        }
    }

    /// <summary>Defaults, templates and the entry itself, laid over each other.</summary>
    public SettingLayer Compose(SettingLayer entry)
    {
        SettingLayer composed = new();
        composed.Cover(defaults);
        HashSet<string> applied = new(StringComparer.Ordinal);
        foreach (string parent in Parents(entry))
        {
            Apply(parent, composed, applied);
        }

        composed.Cover(entry);
        return composed;
    }

    /// <summary>Adds an error for each template that is not there.</summary>
    public void CheckReferences(SettingLayer layer, string path)
    {
        foreach (string parent in Parents(layer).Where(parent => !layers.ContainsKey(parent) && !broken.Contains(parent)))
        {
            string known = layers.Count > 0 ? $"one of the templates {string.Join(", ", layers.Keys.Take(20))}" : "the key 'templates' with a template of that name";
            findings.Error(
                FindingId.UnknownTemplate, layer.Find(Extends)!.Node, $"{path}.extends", $"There is no template '{parent}'.", known,
                NearestName.Find(parent, layers.Keys) is { } nearest ? $"Did you mean '{nearest}'?" : null);
        }
    }

    private static IEnumerable<string> Parents(SettingLayer layer) =>
        layer.Find(Extends) is { IsReset: false, Content: List<object> names } ? names.Cast<string>() : [];

    /// <summary>Each template once, those that it builds on before it, so that a list added to by a common ancestor is added to once.</summary>
    private void Apply(string name, SettingLayer composed, HashSet<string> applied)
    {
        if (!layers.TryGetValue(name, out SettingLayer? layer) || !applied.Add(name))
        {
            return;
        }

        foreach (string parent in Parents(layer))
        {
            Apply(parent, composed, applied);
        }

        composed.Cover(layer);
    }

    private void CheckCycle(string name)
    {
        Stack<(string Name, string Trail)> open = new([(name, name)]);
        HashSet<string> visited = new(StringComparer.Ordinal);
        while (open.TryPop(out (string Name, string Trail) current))
        {
            foreach (string parent in Parents(layers[current.Name]).Where(layers.ContainsKey))
            {
                if (parent == name)
                {
                    findings.Error(
                        FindingId.TemplateCycle, layers[name].Find(Extends)!.Node, $"templates.{name}.extends",
                        $"The template builds on itself: {Excerpt.Of(current.Trail)} → {name}.");
                    return;
                }

                if (visited.Add(parent))
                {
                    open.Push((parent, $"{current.Trail} → {parent}"));
                }
            }
        }
    }
}
