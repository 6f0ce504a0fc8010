using Asterisell.Engine.Inventory.Settings;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>Entries of hosts, targets, templates and instances: a name with keys below it.</summary>
internal static class EntryNames
{
    /// <summary>The entries of a mapping, up to a limit beyond which there is a finding.</summary>
    public static IReadOnlyList<YamlEntry> Limited(YamlMapping? mapping, int limit, FindingList findings, string path)
    {
        if (mapping is null || mapping.Entries.Count <= limit)
        {
            return mapping?.Entries ?? [];
        }

        findings.Error(FindingId.TooManyEntries, mapping.Entries[limit].Key, path, $"More than {limit} entries.");
        return mapping.Entries[..limit];
    }

    /// <summary>The mapping of an entry; nothing below a name is the same as an empty mapping.</summary>
    public static YamlMapping? Mapping(YamlEntry entry, FindingList findings, string path, string expected)
    {
        switch (entry.Value)
        {
            case YamlMapping mapping:
                return mapping;
            case YamlScalar { IsMissing: true } or YamlScalar { IsNull: true }:
                return new YamlMapping(entry.Key.Line, entry.Key.Column, []);
            default:
                findings.Error(FindingId.WrongType, entry.Value, path, $"Found {entry.Value.Description}.", expected);
                return null;
        }
    }

    /// <summary>True when a name is safe; otherwise there is a finding.</summary>
    public static bool Check(YamlScalar at, string name, FindingList findings, string path)
    {
        SettingFormatRule rule = SettingFormats.Of(SettingFormat.Name);
        if (rule.IsMatch(name))
        {
            return true;
        }

        findings.Error(FindingId.InvalidValue, at, path, $"'{Excerpt.Of(name)}' is no name.", rule.Words);
        return false;
    }

    /// <summary>Tells names apart the way PowerShell does: two that differ in case only are the same.</summary>
    public static bool CheckUnique(YamlScalar at, string name, Dictionary<string, YamlScalar> seen, FindingList findings, string id, string path)
    {
        if (seen.TryAdd(name, at))
        {
            return true;
        }

        findings.Error(id, at, path, $"'{name}' stands here twice, first in line {seen[name].Line}; upper and lower case count as the same.");
        return false;
    }
}
