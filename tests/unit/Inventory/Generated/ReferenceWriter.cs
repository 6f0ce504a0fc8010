using System.Globalization;
using System.Text;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>The tables of docs/inventory.md, made from the settings themselves.</summary>
internal static class ReferenceWriter
{
    private const string Begin = "<!-- generated from the settings: do not edit below -->";

    /// <summary>The page with its tables made anew; what stands before them is kept.</summary>
    public static string Replace(string page)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        return page[..begin] + Write();
    }

    private static string Write()
    {
        StringBuilder text = new(Begin + "\n");
        SettingSection document = SettingSection.Document;
        Title(text, "The file", "Keys at the first level.");
        Table(text, document);
        Nested(text, "hosts", "Below the name of each host.", document.Find("hosts")!.Section!);
        Nested(text, "targets", "Below the name of each backup target.", document.Find("targets")!.Section!);
        Title(text, "`instances`, `templates`, `defaults`", "Below the name of each instance and template, and below `defaults` (which has no `extends`).");
        Table(text, SettingSection.Instance);
        foreach (SettingField field in SettingSection.Instance.Visible.Where(field => field.Type == SettingType.Section))
        {
            string about = string.Join(' ', new[] { XmlDocs.Summary(field.Section!.Type), XmlDocs.Remarks(field.Section!.Type) }.Where(part => part is not null));
            Nested(text, field.Path, about, field.Section!);
        }

        return text.ToString();
    }

    private static void Nested(StringBuilder text, string path, string about, SettingSection section, bool isList = false)
    {
        Title(text, isList ? $"Items of `{path}`" : $"`{path}`", about);
        Table(text, section);
        foreach (SettingField field in section.Visible.Where(field => field.Type is SettingType.SectionList or SettingType.Section))
        {
            Nested(text, $"{path}.{field.Key}", XmlDocs.Summary(field.Section!.Type), field.Section!, field.Type == SettingType.SectionList);
        }
    }

    private static void Title(StringBuilder text, string title, string about) => text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n{about}\n\n");

    private static void Table(StringBuilder text, SettingSection section)
    {
        text.Append("| Key | Value | Default | A change needs | Meaning |\n| --- | --- | --- | --- | --- |\n");
        foreach ((SettingSection owner, SettingField field) in Rows(section))
        {
            string meaning = XmlDocs.Summary(field.Property);
            meaning += XmlDocs.Remarks(field.Property) is { } remarks ? $" *{remarks}*" : string.Empty;
            meaning += field.Attribute.Legacy is { } legacy ? $" Old tool: `{legacy}`." : string.Empty;
            string effect = field.Type is SettingType.Section or SettingType.SectionMap ? "" : SettingFacts.Effect(field);
            text.Append(CultureInfo.InvariantCulture, $"| `{field.Key}` | {Value(field)} | {Default(owner, field)} | {effect} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }

    private static IEnumerable<(SettingSection, SettingField)> Rows(SettingSection section) =>
        section.Fields.SelectMany(field => field.Attribute.Inline ? Rows(field.Section!) : [(section, field)]);

    private static string Value(SettingField field) => field.Type switch
    {
        SettingType.Section => "keys, see below",
        SettingType.SectionMap => "names with keys, see below",
        SettingType.TextMap => "files with directories: relative paths that stay below their root",
        SettingType.SectionList => "list, see below",
        SettingType.Secret => "secret",
        SettingType.Choice => string.Join(", ", field.Words.Select(word => $"`{word}`")),
        SettingType.TextList when field.Attribute.OneOrMany => $"{Words(field)}, or a list of such",
        SettingType.TextList => $"list of: {Words(field)}",
        SettingType.Text => Words(field),
        SettingType.Integer when field.Attribute.Unit is { } unit => $"{unit}, {field.Attribute.Minimum} to {field.Attribute.Maximum}",
        _ => field.Expected,
    };

    private static string Words(SettingField field) =>
        field.Attribute.Format == SettingFormat.Name ? "a name" : SettingFormats.Of(field.Attribute.Format).Words;

    private static string Default(SettingSection owner, SettingField field) =>
        field.Attribute.Required ? "must be given"
        : field.Type == SettingType.SectionMap ? ""
        : field.Attribute.DefaultText ?? (SettingFacts.Default(owner, field) is { } value ? $"`{Compact(value)}`" : field.Type == SettingType.Section ? "" : "none");

    private static string Compact(System.Text.Json.Nodes.JsonNode value) =>
        value is System.Text.Json.Nodes.JsonValue single && single.TryGetValue(out string? text)
            ? text
            : value.ToJsonString(new(SettingFacts.Json) { WriteIndented = false }).Replace("\",\"", "\", \"", StringComparison.Ordinal);
}
