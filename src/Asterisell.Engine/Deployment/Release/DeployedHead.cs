using System.Globalization;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>The first line of a manifest.</summary>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Version">Content of the release's <c>VERSION</c>.</param>
/// <param name="At">UTC.</param>
/// <param name="UpgradeJobs">Upgrade jobs that the release brought, separated by blanks.</param>
/// <param name="IsSettled">True when the application was activated with it, so that what it makes itself is known too.</param>
internal sealed record DeployedHead(string Instance, string Version, DateTimeOffset At, string UpgradeJobs, bool IsSettled)
{
    private const string Format = "asterisell-deployed 1";
    private const string Settled = "settled";

    /// <summary>Reads it; null where it is none.</summary>
    public static DeployedHead? Parse(string line) =>
        line.Split('\t') is [Format, var instance, var version, var at, var jobs, var state]
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset time)
            ? new DeployedHead(instance, ManifestLine.Unescape(version), time, ManifestLine.Unescape(jobs), state == Settled)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        '\t', Format, Instance, ManifestLine.Escape(Version), At.ToString("O", CultureInfo.InvariantCulture), ManifestLine.Escape(UpgradeJobs), IsSettled ? Settled : "begun");
}
