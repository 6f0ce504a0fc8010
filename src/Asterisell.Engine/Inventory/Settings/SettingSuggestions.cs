namespace Asterisell.Engine.Inventory.Settings;

/// <summary>What was probably meant by a text that breaks the rule of its format.</summary>
internal static class SettingSuggestions
{
    /// <summary>A sentence; null where nothing can be guessed.</summary>
    public static string? For(SettingFormat format, string text)
    {
        string? meant = format switch
        {
            SettingFormat.Currency => text.Trim().ToUpperInvariant(),
            SettingFormat.Culture => Culture(text),
            SettingFormat.TimeZone => TimeZone(text),
            SettingFormat.SafePath => text.Replace('\\', '/').TrimStart('/'),
            SettingFormat.DaysOrMonth when text == "m" => "month",
            SettingFormat.UnixUser => text.ToLowerInvariant(),
            _ => null,
        };
        return meant is not null && meant != text && SettingFormats.Of(format).IsMatch(meant) ? $"Did you mean '{meant}'?" : null;
    }

    private static string Culture(string text)
    {
        string[] parts = text.Split('_', '-', '.');
        return parts.Length == 1 ? parts[0].ToLowerInvariant() : $"{parts[0].ToLowerInvariant()}_{parts[1].ToUpperInvariant()}";
    }

    private static string? TimeZone(string text) =>
        text.Length > 64 ? null
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(text, out string? iana) ? iana
        : NearestName.Find(text, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id));
}
