using System.Net;
using System.Security;
using Asterisell.Engine.Backup.Sanitize;

namespace Asterisell.PowerShell.Backups;

/// <summary>What the parameters of masking mean, which several cmdlets have.</summary>
internal static class Masking
{
    /// <summary>How data are masked; null where they stay as they are.</summary>
    /// <param name="asked"><c>-Sanitize</c>.</param>
    /// <param name="key"><c>-SanitizeKey</c>.</param>
    /// <param name="allowed"><c>-AllowUnknownColumn</c>.</param>
    /// <exception cref="AsterisellException"><c>SanitizeNotAsked</c>: who says how data are masked does not want them in clear.</exception>
    public static SanitizeOptions? Of(bool asked, SecureString? key, string[] allowed) =>
        asked ? new SanitizeOptions { Key = ToSecret(key), AllowUnknownColumns = allowed }
            : key is not null ? throw SanitizeOptions.NotAsked("-SanitizeKey")
            : allowed.Length > 0 ? throw SanitizeOptions.NotAsked("-AllowUnknownColumn")
            : null;

    /// <summary>A passphrase as Engine takes it.</summary>
    public static Secret? ToSecret(SecureString? secure) => secure is null ? null : new Secret(new NetworkCredential("", secure).Password);
}
