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
        foreach (YamlEntry entry in EntryNames.Limited(mapping, InventoryLimits.Entries, findings, "templates"))
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

        HashSet<string> finished = new(StringComparer.Ordinal);
        foreach ((string name, SettingLayer layer) in layers)
        {
            CheckReferences(layer, $"templates.{name}");
            CheckCycles(name, [], finished);
        }
    }

    /// <summary>Defaults, templates and the entry itself, laid over each other.</summary>
    public SettingLayer Compose(SettingLayer entry, string path)
    {
        SettingLayer composed = new();
        composed.Cover(defaults);
        HashSet<string> applied = new(StringComparer.Ordinal);
        foreach (string parent in Parents(entry))
        {
            Apply(parent, composed, applied);
        }

        if (applied.Count > InventoryLimits.Ancestors)
        {
            findings.Error(
                FindingId.TooManyEntries, entry.Find(Extends)!.Node, $"{path}.extends",
                $"It builds on more than {InventoryLimits.Ancestors} templates, those of its templates included.");
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
                findings.DidYouMean(parent, layers.Keys));
        }
    }

    private static IEnumerable<string> Parents(SettingLayer layer) =>
        layer.Find(Extends) is { IsReset: false, Content: List<object> names } ? names.Cast<string>() : [];

    /// <summary>Each template once, those that it builds on before it, so that a list added to by a common ancestor is added to once.</summary>
    private void Apply(string name, SettingLayer composed, HashSet<string> applied)
    {
        if (applied.Count > InventoryLimits.Ancestors || !layers.TryGetValue(name, out SettingLayer? layer) || !applied.Add(name))
        {
            return;
        }

        foreach (string parent in Parents(layer))
        {
            Apply(parent, composed, applied);
        }

        composed.Cover(layer);
    }

    /// <summary>Walks from a template to all it builds on; each is finished once, so the walk is as long as the file at most.</summary>
    private void CheckCycles(string name, List<string> trail, HashSet<string> finished)
    {
        if (finished.Contains(name))
        {
            return;
        }

        trail.Add(name);
        foreach (string parent in Parents(layers[name]).Where(layers.ContainsKey))
        {
            int start = trail.IndexOf(parent);
            if (start < 0)
            {
                CheckCycles(parent, trail, finished);
            }
            else
            {
                findings.Error(
                    FindingId.TemplateCycle, layers[name].Find(Extends)!.Node, $"templates.{name}.extends",
                    $"The template builds on itself: {Excerpt.Of(string.Join(" → ", trail.Skip(start).Append(parent)))}.");
            }
        }

        trail.RemoveAt(trail.Count - 1);
        finished.Add(name);
    }
}
