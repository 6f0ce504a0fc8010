using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>What to say of a key that is none: the nearest one, where it really belongs, or what became of the old tool's field.</summary>
internal static class UnknownKey
{
    public static void Report(FindingList findings, YamlScalar key, string path, SettingSection section)
    {
        string shown = Excerpt.Of(key.Value);
        findings.Error(
            FindingId.UnknownKey, key, path.Length == 0 ? shown : $"{path}.{shown}", $"The key '{shown}' is not known here.",
            suggestion: findings.IsFull ? null : Suggest(key.Value, section) ?? $"Known here: {section.KeyWords}.");
    }

    private static string? Suggest(string key, SettingSection section)
    {
        if (key == "<<")
        {
            return "Put the common part into 'templates' and write 'extends'.";
        }

        string name = key.TrimEnd('+');
        if (FromOldTool(name) is { } renamed)
        {
            return $"The old tool's '{name}' is '{renamed}' here.";
        }

        string[] here = [.. section.Visible.Select(field => field.Key)];
        SettingField? elsewhere = SettingSection.Instance.Leaves().Concat(SettingSection.Instance.Visible)
            .FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.Ordinal));
        string? meant = NearestName.FindTwin(name, here)
            ?? (elsewhere is not null && elsewhere.Path != name ? elsewhere.Path : NearestName.Find(name, here));
        return meant is null ? null : $"Did you mean '{meant}'?";
    }

    private static string? FromOldTool(string name) => SettingSection.Instance.Leaves()
        .FirstOrDefault(field => field.Attribute.Legacy is { } legacy && legacy != field.Path && legacy == name)?.Path;
}
