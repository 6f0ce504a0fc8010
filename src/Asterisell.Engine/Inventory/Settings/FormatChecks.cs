using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Rules of formats that no pattern says. Nothing here asks the network.</summary>
internal static class FormatChecks
{
    /// <summary>Windows keeps these names for devices; a backup folder of that name could not be made there.</summary>
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })], StringComparer.OrdinalIgnoreCase);

    private static readonly bool KnowsTimeZones = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Rome", out _);
    private static readonly bool KnowsCultures = IsPredefined("de");

    public static bool IsNoDeviceName(string name) => !Devices.Contains(name.Split('.')[0]);

    public static bool IsAddress(string text) =>
        text.Contains(':', StringComparison.Ordinal)
            ? !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal)
                && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            : IsVersion4(text);

    public static bool IsHostOrAddress(string text)
    {
        if (IsAddress(text))
        {
            return true;
        }

        // nginx and SMTP take a name; a name of digits only would be an address that is none.
        string name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        string[] labels = name.Split('.');
        return name.Length <= 253 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    public static bool IsTimeZone(string text) => !KnowsTimeZones || TimeZoneInfo.TryFindSystemTimeZoneById(text, out _);

    public static bool IsCulture(string text)
    {
        if (!KnowsCultures)
        {
            return true;
        }

        string[] parts = text.Split('_');
        return IsPredefined(parts[0]) && (parts.Length == 1 || IsRegion(parts[1]));
    }

    public static bool IsDaysOrMonth(string text) =>
        text == "month" || (text[0] != '0' && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is >= 1 and <= 3660);

    public static bool IsEndpoint(string text)
    {
        if (!HoldsNoPassword(text) || text.Any(char.IsWhiteSpace) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return false;
        }

        bool hasPath = uri.AbsolutePath.Length > 1;
        return uri.Scheme switch
        {
            "unix" => uri.Host.Length == 0 && hasPath,
            "npipe" => uri.AbsolutePath.Trim('/').Length > 0,
            "tcp" => IsHostOrAddress(uri.DnsSafeHost) && uri.Port > 0 && !hasPath && uri.UserInfo.Length == 0,
            "ssh" => IsSshHost(uri.DnsSafeHost) && !hasPath && !uri.UserInfo.StartsWith('-'),
            _ => false,
        };
    }

    public static bool HoldsNoPassword(string text)
    {
        int at = text.LastIndexOf('@');
        int authority = text.IndexOf("://", StringComparison.Ordinal);
        int start = authority < 0 ? text.IndexOf(':', StringComparison.Ordinal) + 1 : authority + 3;
        return at < start || !text.AsSpan(start, at - start).Contains(':');
    }

    private static bool IsVersion4(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 4 && parts.All(part =>
            part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
            && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>An alias of the operator's ssh_config may be any word that ssh does not take for an option.</summary>
    private static bool IsSshHost(string text) => IsAddress(text) || text.Split('.').All(IsLabel);

    private static bool IsPredefined(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static bool IsRegion(string code)
    {
        try
        {
            return new RegionInfo(code).TwoLetterISORegionName == code;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
