using Asterisell.Engine.Inventory.Settings;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>The backup targets of an inventory.</summary>
internal sealed class TargetReader
{
    private readonly FindingList findings;
    private readonly Dictionary<string, BackupTarget> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> broken = new(StringComparer.OrdinalIgnoreCase);

    public TargetReader(FindingList findings, SettingReader reader, YamlMapping? mapping)
    {
        this.findings = findings;
        Dictionary<string, YamlScalar> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (YamlEntry entry in EntryNames.Limited(mapping, InventoryLimits.Entries, findings, "targets"))
        {
            string name = entry.Key.Value;
            string path = $"targets.{Excerpt.Of(name)}";
            broken.Add(name);
            if (EntryNames.Check(entry.Key, name, findings, path)
                && EntryNames.CheckUnique(entry.Key, name, seen, findings, FindingId.DuplicateKey, path)
                && EntryNames.Mapping(entry, findings, path, Section.KeyWords) is { } keys)
            {
                SettingLayer layer = reader.Read(keys, Section, path);
                reader.CheckRequired(layer, keys, entry.Key, Section, path);
                BackupTarget target = (BackupTarget)Section.Build(layer) with { Name = name };
                if (layer.Find(Section.At("kind")) is not null)
                {
                    CheckTarget(target, keys, entry.Key, path);
                }

                byName.Add(name, target);
            }
        }
    }

    /// <summary>Targets, in the order of the file.</summary>
    public IReadOnlyList<BackupTarget> Targets => [.. byName.Values];

    /// <summary>Names that an instance may refer to.</summary>
    public IEnumerable<string> Names => byName.Keys;

    private static SettingSection Section { get; } = SettingSection.Document.Find("targets")!.Section!;

    /// <summary>The target of a name; null when there is none.</summary>
    public BackupTarget? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>True for a name that the file defines, though wrongly.</summary>
    public bool IsBroken(string name) => broken.Contains(name) && !byName.ContainsKey(name);

    private static bool Has(YamlMapping keys, string key) => keys.Entries.Exists(entry => entry.Key.Value == key);

    private void CheckTarget(BackupTarget target, YamlMapping keys, YamlScalar at, string path)
    {
        if (Has(keys, "path") == Has(keys, "uri"))
        {
            findings.Error(
                FindingId.IncompleteTarget, at, path, Has(keys, "path") ? "'path' and 'uri' stand side by side." : "It is not said where the target is.",
                "either the key 'path' or the key 'uri'");
        }

        if (target.Kind != BackupTargetKind.Restic && target.Uri is { } uri && !IsSshFolder(uri))
        {
            findings.Error(
                FindingId.InvalidValue, Node(keys, "uri"), $"{path}.uri",
                target.Kind == BackupTargetKind.Directory ? "A directory can't be there." : "rdiff-backup cannot go there.", "ssh://user@host[:port]/folder");
        }

        if (target.Kind == BackupTargetKind.Restic && !Has(keys, "password"))
        {
            findings.Error(FindingId.MissingKey, at, path, "The key 'password' is missing.", "the password of the restic repository");
        }

        if (target.Kind == BackupTargetKind.RdiffBackup
            && (target.Retention.KeepLast ?? target.Retention.KeepDaily ?? target.Retention.KeepWeekly
                ?? target.Retention.KeepMonthly ?? target.Retention.KeepYearly) is not null)
        {
            findings.Error(
                FindingId.UnusableRetention, Node(keys, "retention"), $"{path}.retention", "rdiff-backup removes by age only.",
                "the key keepWithinDays, and no other");
        }
    }

    private static YamlNode Node(YamlMapping keys, string key) => keys.Entries.Find(entry => entry.Key.Value == key)!.Value;

    private static bool IsSshFolder(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == "ssh" && uri.Host.Length > 0 && uri.AbsolutePath.Length > 1
        && !uri.UserInfo.StartsWith('-') && !uri.Host.StartsWith('-');
}
