using System.Text.RegularExpressions;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>The rule of each <see cref="SettingFormat"/>: words for the operator, a pattern for editors, a check for what no pattern says.</summary>
internal static class SettingFormats
{
    private const string Image =
        "^(?=.{1,255}$)([A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(:[0-9]{1,5})?/)?"
        + @"[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?";

    private static readonly Dictionary<SettingFormat, SettingFormatRule> Rules = new()
    {
        [SettingFormat.Line] = new("a text of one line", "^.+$"),
        [SettingFormat.Name] = new(
            "a name of 2 to 63 letters, digits, '_', '.' and '-' that begins with a letter or digit, does not end with '.' and holds no '..'",
            @"^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9_.-]{0,61}[A-Za-z0-9_-]$",
            FormatChecks.IsNoDeviceName),
        [SettingFormat.Tag] = new("a word of letters, digits, '_', '.', ':' and '-'", "^[A-Za-z0-9][A-Za-z0-9_.:-]{0,62}$"),
        [SettingFormat.PhpClass] = new("a PHP class name", "^[A-Za-z_][A-Za-z0-9_]{0,127}$"),
        [SettingFormat.Report] = new("a report written as 'Class: \"Title\"'", "^[A-Za-z_][A-Za-z0-9_]{0,127}: \"[^\"\\\\]+\"$"),
        [SettingFormat.DatabaseName] = new(
            "1 to 60 letters, digits, '_' and '-', the first no '-'", "^[A-Za-z0-9_][A-Za-z0-9_-]{0,59}$"),
        [SettingFormat.UnixUser] = new("a Unix user", "^[a-z_][a-z0-9_-]{0,31}$"),
        [SettingFormat.WebUser] = new(
            "a user of letters, digits, '_', '.' and '-' that begins with a letter or digit and holds no '..'",
            @"^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$"),
        [SettingFormat.HostName] = new("a host name or an IP address", null, FormatChecks.IsHostOrAddress),
        [SettingFormat.IpAddress] = new("an IPv4 or IPv6 address", null, FormatChecks.IsAddress),
        [SettingFormat.TimeZone] = new(
            "an IANA time zone such as Europe/Rome", "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$", FormatChecks.IsTimeZone),
        [SettingFormat.Culture] = new("a locale such as en_US", "^[a-z]{2,3}(_[A-Z]{2})?$", FormatChecks.IsCulture),
        [SettingFormat.Currency] = new("an ISO 4217 currency code such as EUR", "^[A-Z]{3}$", CurrencyCodes.Contains),
        [SettingFormat.Email] = new("an e-mail address such as billing@example.com", @"^[^\s@""'(),:;<>\[\\\]]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$"),
        [SettingFormat.LocalPath] = new("a path on this machine", "^.+$"),
        [SettingFormat.SafePath] = new(
            "a relative path with '/' that stays below its root", @"^(?!/)(?!.*(^|/)\.{1,2}(/|$))(?!.*//)[^\\:]+$"),
        [SettingFormat.PhpDateFormat] = new("a format of PHP's date() such as d.m.Y", "^[^\"\\\\]{1,64}$"),
        [SettingFormat.Character] = new("one character", "^.$"),
        [SettingFormat.DaysOrMonth] = new("a number of days from 1 to 3660, or month", null, FormatChecks.IsDaysOrMonth),
        [SettingFormat.Endpoint] = new(
            "unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://[user@]host[:port]", "^(unix|npipe|tcp|ssh)://.+$",
            FormatChecks.IsEndpoint),
        [SettingFormat.ImageName] = new("the name of an image such as asterisell/debian12:latest", Image + "$"),
        [SettingFormat.ImageReference] = new(
            "the name of an image such as debian:bookworm-slim, with or without a digest", Image + "(@sha256:[0-9a-f]{64})?$"),

        // apt takes 'name-' for a removal, 'name/x' for a release, and a name with ? or * for a pattern.
        [SettingFormat.DebianPackage] = new(
            "a Debian package such as lftp or lftp=4.9.2-2", "^[a-z0-9][a-z0-9.+-]{0,98}[a-z0-9+](=[A-Za-z0-9][A-Za-z0-9.+:~-]{0,126})?$"),
        [SettingFormat.TargetUri] = new("an address without a password", "^[a-z][a-z0-9+.-]*:[^\\s]+$", FormatChecks.HoldsNoPassword),
    };

    /// <summary>The rule of a format.</summary>
    public static SettingFormatRule Of(SettingFormat format) => Rules[format];
}

/// <summary>What a text must look like.</summary>
/// <param name="words">What was expected, in words.</param>
/// <param name="pattern">Regular expression that .NET and JSON Schema read alike; null for none.</param>
/// <param name="check">What no pattern says; null for nothing.</param>
internal sealed class SettingFormatRule(string words, string? pattern, Predicate<string>? check = null)
{
    // Made when it is first used: a file uses few of them, and pressing Tab waits for it.
    private readonly Lazy<Regex>? regex = pattern is null
        ? null
        : new Lazy<Regex>(() => new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    /// <summary>What was expected, in words.</summary>
    public string Words { get; } = words;

    /// <summary>Regular expression for JSON Schema.</summary>
    public string? Pattern { get; } = pattern;

    /// <summary>True when a text obeys the rule.</summary>
    public bool IsMatch(string text) =>
        text.Length is > 0 and <= 2000 && !text.Any(char.IsControl) && (regex?.Value.IsMatch(text) ?? true) && (check?.Invoke(text) ?? true);
}
