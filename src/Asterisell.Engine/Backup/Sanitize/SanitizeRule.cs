namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>What happens to a column, or to a table; the words of <c>columns.txt</c>.</summary>
internal enum SanitizeRule
{
    /// <summary>Nothing: it tells nothing of a person.</summary>
    Keep,

    /// <summary><c>Name-</c> and twelve digits of a keyed hash.</summary>
    Name,

    /// <summary>An address below <c>.invalid</c>, which no mail server delivers to (RFC 2606).</summary>
    Email,

    /// <summary>An identifier that stays different from every other one: <c>c</c> and twelve digits of a keyed hash.</summary>
    Code,

    /// <summary>A list of identifiers with commas, each as <see cref="Code"/>.</summary>
    Codes,

    /// <summary>A telephone number: its last six digits become an <c>x</c> and five letters or digits of a keyed hash; the prefixes before them stay.</summary>
    Number,

    /// <summary>A number of which the application hides the end: six characters are hidden.</summary>
    HiddenNumber,

    /// <summary>NULL, or an empty text where the column takes no NULL.</summary>
    Remove,

    /// <summary>No password at all: nobody can log in until an administrator is made.</summary>
    Password,

    /// <summary>Output of an upgrade job: that it failed stays, what it said goes.</summary>
    UpgradeOutput,

    /// <summary>A switch that is set to 0.</summary>
    Disable,

    /// <summary>Of a table: its rows go.</summary>
    Emptied,
}
