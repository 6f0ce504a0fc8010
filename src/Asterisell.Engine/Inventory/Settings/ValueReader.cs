using System.Globalization;
using Asterisell.Engine.Inventory.Reading;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Reads single values. Texts are taken as they are written, whatever YAML 1.1 made of <c>no</c>, <c>0039</c> or <c>22:30</c>.</summary>
internal sealed class ValueReader(FindingList findings, string folder)
{
    private readonly SecretReader secrets = new(findings, folder);

    /// <summary>The value of a field; null, with a finding, when it is none.</summary>
    public object? Read(SettingField field, YamlNode node, string path) => field.Type switch
    {
        SettingType.TextList => ReadTexts(field, node, path),
        SettingType.TextMap => ReadMap(field, node, path),
        SettingType.Secret => secrets.Read(node, path, field.Expected),
        _ when node is YamlScalar { IsMissing: false } scalar => ReadScalar(field, scalar, path),
        _ => WrongType(node, path, field.Expected),
    };

    /// <summary>Adds a finding about a value of another type; always null.</summary>
    public object? WrongType(YamlNode node, string path, string expected, string? suggestion = null)
    {
        if (node is YamlScalar { IsMissing: true })
        {
            findings.Error(FindingId.MissingValue, node, path, "The value is missing.", expected, "Write null to have the default.");
        }
        else
        {
            string what = node is YamlScalar scalar ? $"'{Excerpt.Of(scalar.Value)}'" : node.Description;
            findings.Error(FindingId.WrongType, node, path, $"Found {what}.", expected, suggestion);
        }

        return null;
    }

    /// <summary>Adds a finding about a value where keys should be; always null. The value is not shown: it may be a misplaced password.</summary>
    public object? WrongShape(YamlNode node, string path, string expected)
    {
        if (node is YamlScalar { IsMissing: true })
        {
            return WrongType(node, path, expected);
        }

        findings.Error(FindingId.WrongType, node, path, $"Found {node.Description}.", expected);
        return null;
    }

    /// <summary>Adds a finding about a list that is too long.</summary>
    public void CheckLength(YamlSequence sequence, string path)
    {
        if (sequence.Items.Count > InventoryLimits.Entries)
        {
            findings.Error(FindingId.TooManyEntries, sequence.Items[InventoryLimits.Entries], path, $"More than {InventoryLimits.Entries} items.");
        }
    }

    private object? ReadScalar(SettingField field, YamlScalar scalar, string path) => field.Type switch
    {
        SettingType.Boolean => ReadBoolean(field, scalar, path),
        SettingType.Integer => ReadInteger(field, scalar, path),
        SettingType.Date => ReadDate(field, scalar, path),
        SettingType.Choice => ReadChoice(field, scalar, path),
        SettingType.Text => ReadText(field.Attribute.Format, scalar, path),
        _ => WrongType(scalar, path, field.Expected),
    };

    private object? ReadBoolean(SettingField field, YamlScalar scalar, string path)
    {
        if (scalar.IsPlain && scalar.Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return scalar.Value[0] is 't' or 'T';
        }

        string? meant = scalar.Value.ToUpperInvariant() switch
        {
            "YES" or "Y" or "ON" or "TRUE" or "1" => "Write true.",
            "NO" or "N" or "OFF" or "FALSE" or "0" => "Write false.",
            _ => null,
        };
        return WrongType(scalar, path, field.Expected, meant);
    }

    private object? ReadInteger(SettingField field, YamlScalar scalar, string path)
    {
        string text = scalar.Value;
        string digits = text.StartsWith('-') ? text[1..] : text;
        bool isDecimal = digits.Length > 0 && digits.All(char.IsAsciiDigit);
        if (!scalar.IsPlain || !isDecimal || (digits.Length > 1 && digits[0] == '0'))
        {
            string? meant = !isDecimal ? digits.Replace("_", string.Empty, StringComparison.Ordinal) is var plain && plain != digits
                    && plain.Length > 0 && plain.All(char.IsAsciiDigit) ? $"Write {plain}." : null
                : !scalar.IsPlain ? "Leave out the quotes."
                : $"Write {digits.TrimStart('0')} without leading zeros: they mean octal to some programs.";
            return WrongType(scalar, path, field.Expected, meant);
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            || number < field.Attribute.Minimum || number > field.Attribute.Maximum)
        {
            findings.Error(FindingId.InvalidValue, scalar, path, $"{Excerpt.Of(text)} is out of range.", field.Expected);
            return null;
        }

        return number;
    }

    private DateOnly? ReadDate(SettingField field, YamlScalar scalar, string path)
    {
        if (DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            && date.Year is >= 1970 and <= 2200)
        {
            return date;
        }

        findings.Error(FindingId.InvalidValue, scalar, path, $"'{Excerpt.Of(scalar.Value)}' is no date from 1970 to 2200.", field.Expected);
        return null;
    }

    private object? ReadChoice(SettingField field, YamlScalar scalar, string path)
    {
        for (int i = 0; i < field.Words.Count; i++)
        {
            if (field.Words[i] == scalar.Value)
            {
                Type type = Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType;
                return Enum.GetValues(type).GetValue(i);
            }
        }

        findings.Error(
            FindingId.InvalidValue, scalar, path, $"'{Excerpt.Of(scalar.Value)}' is not known.", field.Expected,
            findings.DidYouMean(scalar.Value, field.Words));
        return null;
    }

    private object? ReadText(SettingFormat format, YamlScalar scalar, string path)
    {
        SettingFormatRule rule = SettingFormats.Of(format);
        if (!rule.IsMatch(scalar.Value))
        {
            // An address may hold a password by mistake; it must not be shown.
            bool hide = format is SettingFormat.TargetUri or SettingFormat.Endpoint && scalar.Value.Contains('@', StringComparison.Ordinal);
            string what = scalar.Value.Length == 0 ? "An empty text." : hide ? "Not such an address." : $"'{Excerpt.Of(scalar.Value)}' does not fit.";
            findings.Error(FindingId.InvalidValue, scalar, path, what, rule.Words, findings.IsFull ? null : SettingSuggestions.For(format, scalar.Value));
            return null;
        }

        return format switch
        {
            SettingFormat.LocalPath => LocalPaths.Resolve(folder, scalar.Value),
            SettingFormat.Endpoint => new Uri(scalar.Value),
            _ => scalar.Value,
        };
    }

    private List<object>? ReadTexts(SettingField field, YamlNode node, string path)
    {
        SettingFormat format = field.Attribute.Format;
        if (field.Attribute.OneOrMany && node is YamlScalar { IsMissing: false } single)
        {
            return ReadText(format, single, path) is { } only ? [only] : null;
        }

        if (node is not YamlSequence sequence)
        {
            WrongType(node, path, field.Expected, node is YamlScalar { IsMissing: false } ? "Put it into brackets: [ ]." : null);
            return null;
        }

        CheckLength(sequence, path);
        List<object> texts = [];
        for (int i = 0; i < sequence.Items.Count; i++)
        {
            YamlNode item = format == SettingFormat.Report ? JoinReport(sequence.Items[i]) : sequence.Items[i];
            object? text = item is YamlScalar { IsMissing: false, IsNull: false } scalar
                ? ReadText(format, scalar, $"{path}[{i}]")
                : WrongType(item, $"{path}[{i}]", SettingFormats.Of(format).Words);
            if (text is not null)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>Without quotes around the whole, YAML reads <c>Class: "Title"</c> as a key with a value; the same is meant.</summary>
    private static YamlNode JoinReport(YamlNode item) =>
        item is YamlMapping { Entries: [{ Key: var key, Value: YamlScalar { IsMissing: false } title }] }
            ? new YamlScalar(item.Line, item.Column, $"{key.Value}: \"{title.Value}\"", IsPlain: false)
            : item;

    private Dictionary<string, string?>? ReadMap(SettingField field, YamlNode node, string path)
    {
        if (node is not YamlMapping mapping)
        {
            if (node is not YamlScalar { IsMissing: true })
            {
                WrongType(node, path, field.Expected);
            }

            return null;
        }

        Dictionary<string, string?> map = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in EntryNames.Limited(mapping, InventoryLimits.Entries, findings, path))
        {
            string entryPath = $"{path}.{Excerpt.Of(key.Value)}";
            object? name = ReadText(field.Attribute.Format, key, entryPath);
            object? text = value is YamlScalar { IsMissing: false, IsNull: false } scalar ? ReadText(field.Attribute.Format, scalar, entryPath)
                : value is YamlScalar { IsNull: true } ? null
                : WrongType(value, entryPath, SettingFormats.Of(field.Attribute.Format).Words);
            if (name is string known && (text is not null || value is YamlScalar { IsNull: true }))
            {
                map[known] = (string?)text;
            }
        }

        return map;
    }
}
