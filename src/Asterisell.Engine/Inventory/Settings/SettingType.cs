namespace Asterisell.Engine.Inventory.Settings;

/// <summary>How a setting is written.</summary>
internal enum SettingType
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Decimal integer.</summary>
    Integer,

    /// <summary>Text of a <see cref="SettingFormat"/>.</summary>
    Text,

    /// <summary>Date, <c>2015-01-31</c>.</summary>
    Date,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>Reference to a secret.</summary>
    Secret,

    /// <summary>List of texts.</summary>
    TextList,

    /// <summary>List of sections.</summary>
    SectionList,

    /// <summary>Texts by text.</summary>
    TextMap,

    /// <summary>Sections by name.</summary>
    SectionMap,

    /// <summary>Section.</summary>
    Section,
}
