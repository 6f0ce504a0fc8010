using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>Debian's and Ubuntu's apt. Its lists and downloads are kept apart from the container's own.</summary>
internal sealed partial class AptManager : IPackageManager
{
    public string Name => "apt";

    public string Functions => """
        export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical APT_LISTCHANGES_FRONTEND=none NEEDRESTART_SUSPEND=1 UCF_FORCE_CONFFOLD=1
        pm() {
          mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
          apt-get -q -y -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o Acquire::Retries=1 \
            -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 -o Acquire::Languages=none -o APT::Install-Recommends=false \
            -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef -o Dpkg::Use-Pty=0 "$@"
        }
        pm_installed() { dpkg-query -W -f '${Status}\t${Package}\t${Architecture}\t${Version}\n'; }
        pm_refresh() {
          pm -o APT::Update::Error-Mode=any update || return
          # Before version 2.1, apt says it with a warning alone.
          if grep -qs -e 'Failed to fetch' -e 'Some index files failed' "$err"; then return 100; fi
          for list in "$work"/lists/*Packages*; do [ ! -e "$list" ] || return 0; done
          return 93
        }
        pm_pending() { pm -s --with-new-pkgs upgrade; }
        pm_select() { pm -s --no-remove --only-upgrade install "$@"; }
        pm_fetch() { pm --download-only --no-remove --only-upgrade install "$@"; }
        pm_install() { pm --no-remove --only-upgrade install "$@"; }
        pm_name() { printf '%s\n' "${1%%=*}"; }
        pm_owned() { dpkg-query -L "$@" 2>/dev/null | sed -n -e 's/^diverted by .* to: //' -e '/^\/./p'; }
        pm_records() { echo /var/lib/dpkg; }
        """;

    public IReadOnlyList<PackageVersion> ReadInstalled(string output) =>
    [
        .. output.Split('\n').Select(line => line.Split('\t')).Where(fields => fields is [var state, _, _, _] && state.EndsWith(" installed", StringComparison.Ordinal))
            .Select(fields => new PackageVersion(fields[1], fields[2], fields[3])),
    ];

    public PackageTransaction ReadTransaction(string output, IReadOnlyList<PackageVersion> installed)
    {
        ArgumentNullException.ThrowIfNull(output);
        var steps = new List<PackageStep>();
        foreach (string line in output.Split('\n'))
        {
            if (Install().Match(line) is { Success: true } install)
            {
                string origin = install.Groups["origin"].Value.Trim();
                steps.Add(new PackageStep(
                    PlainName(install.Groups["name"].Value), install.Groups["arch"].Value,
                    install.Groups["from"] is { Success: true } from ? from.Value : null,
                    install.Groups["to"].Value, IsSecurity(origin), origin));
            }
            else if (Remove().Match(line) is { Success: true } remove)
            {
                steps.Add(new PackageStep(PlainName(remove.Groups["name"].Value), "", remove.Groups["from"].Value, null, null, ""));
            }
        }

        return new PackageTransaction(steps);
    }

    public string Address(PackageStep step) => $"{NameOf(step)}={step.To}";

    public string NameOf(PackageStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Architecture is "" or "all" ? step.Package : $"{step.Package}:{step.Architecture}";
    }

    public PackageTrouble? Diagnose(string output, string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        bool Says(params string[] words) => words.Any(word => error.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Says("could not get lock", "unable to acquire the dpkg frontend lock", "is another process using it") ? PackageTrouble.Busy
            : Says("dpkg was interrupted", "unmet dependencies. try 'apt --fix-broken") ? PackageTrouble.Broken
            : Says("no space left", "enough free space in") ? PackageTrouble.Space
            : Says("failed to fetch", "some index files failed", "could not resolve", "temporary failure resolving", "could not connect", "connection failed", "unable to connect", "does not have a release file") ? PackageTrouble.Unreachable
            : null;
    }

    private static string PlainName(string name) => name.Split(':')[0];

    /// <summary>Debian: <c>Debian-Security:12/stable-security</c>; Ubuntu: <c>Ubuntu:22.04/jammy-security</c>.</summary>
    private static bool IsSecurity(string origin) =>
        origin.Split(',', StringSplitOptions.TrimEntries).Any(one => one.EndsWith("-security", StringComparison.OrdinalIgnoreCase)
            || one.Split(':')[0].EndsWith("-Security", StringComparison.OrdinalIgnoreCase));

    // Inst libssl3 [3.0.11-1] (3.0.15-1 Debian:12.9/stable, Debian-Security:12/stable-security [amd64]) []
    [GeneratedRegex(@"^Inst (?<name>\S+)( \[(?<from>[^\]]+)\])? \((?<to>\S+)(?<origin>[^\[\)]*)\[(?<arch>[^\]]+)\]\)", RegexOptions.CultureInvariant)]
    private static partial Regex Install();

    [GeneratedRegex(@"^Remv (?<name>\S+) \[(?<from>[^\]]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Remove();
}
