using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>Defaults that depend on the instance.</summary>
internal static class DerivedDefaults
{
    private static readonly SettingField Configure = SettingSection.Instance.At("jobs.configure");
    private static readonly SettingField Reports = SettingSection.Instance.At("reports.standard");

    /// <summary>The settings with every default filled in.</summary>
    public static InstanceSettings Fill(string name, InstanceSettings settings, SettingLayer given)
    {
        string database = name.Replace('-', '_').Replace('.', '_');
        settings = settings with
        {
            Database = settings.Database with
            {
                Name = settings.Database.Name.Length > 0 ? settings.Database.Name : database,
                User = settings.Database.User.Length > 0 ? settings.Database.User : database,
            },
        };
        if (settings.Application.Billing)
        {
            return settings;
        }

        return settings with
        {
            Jobs = IsGiven(given, Configure) ? settings.Jobs : settings.Jobs with { Configure = ["InitDefaultReportsForCallReporting"] },
            Reports = IsGiven(given, Reports) ? settings.Reports : settings.Reports with { Standard = [] },
        };
    }

    private static bool IsGiven(SettingLayer given, SettingField field) => given.Find(field) is { IsReset: false };
}
