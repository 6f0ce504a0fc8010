using System.Globalization;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>Failures of masking data.</summary>
internal static class SanitizeErrors
{
    public static AsterisellException SanitizeColumnUnknown(string target, IReadOnlyList<string> columns) => new(
        nameof(SanitizeColumnUnknown), ErrorKind.InvalidState, target,
        $"the database has columns of which this module does not know whether they tell something of a person: {List(columns)}. Nothing was changed.",
        $"Look at them; where they are harmless, let them pass: -AllowUnknownColumn {string.Join(", ", columns.Take(3))}");

    public static AsterisellException SanitizeIncomplete(string target, string what) => new(
        nameof(SanitizeIncomplete), ErrorKind.DataMismatch, target,
        $"after masking, not everything is masked: {what}. The masked data was thrown away.",
        "Something writes into the copy, or the schema differs from what this module knows. Run it again; if it repeats, report the column.");

    public static AsterisellException SanitizeNumbersChanged(string target, string table) => new(
        nameof(SanitizeNumbersChanged), ErrorKind.DataMismatch, target,
        $"masking changed the number of rows or a sum of {table}, which it must not. The masked data was thrown away.",
        "Something writes into the copy, or a trigger of the schema does. Run it again; if it repeats, report the table.");

    public static AsterisellException SanitizeDatabaseOnly(string target) => new(
        nameof(SanitizeDatabaseOnly), ErrorKind.InvalidInput, target,
        "files and single tables can't be masked: configuration, uploads and /etc hold passwords and people. Nothing was changed.",
        "With -Sanitize, leave -Include out, or say -Include Database.");

    public static AsterisellException SanitizeHashMissing(string target, string version) => new(
        nameof(SanitizeHashMissing), ErrorKind.InvalidState, target,
        $"the database server {version} has no SHA-256, so that nothing can be masked. Nothing was changed.",
        "Use an image whose MariaDB is built with TLS.");

    public static AsterisellException SanitizeNotAsked(string parameter) => new(
        nameof(SanitizeNotAsked), ErrorKind.InvalidInput, parameter, "this says how data are masked, and nobody asked to mask them. Nothing was changed.",
        "Add -Sanitize.");

    private static string List(IReadOnlyList<string> names) => names.Count <= 8
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(8))} and {names.Count - 8} more");
}
