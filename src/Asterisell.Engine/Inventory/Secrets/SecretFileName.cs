using System.Text.RegularExpressions;

namespace Asterisell.Engine.Inventory.Secrets;

/// <summary>Files whose names say that passwords or private keys stand in them.</summary>
internal static partial class SecretFileName
{
    /// <summary>True for such a file.</summary>
    public static bool IsTelling(string path) => Pattern().IsMatch(Path.GetFileName(path));

    [GeneratedRegex(
        @"^(passwords?(\..*)?|credentials?(\..*)?|databases\.yml|\.?htpasswd|\.netrc|\.pgpass|\.my\.cnf|id_(rsa|dsa|ecdsa|ed25519)|.*\.(key|pfx|p12|passwd|password|secret))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
