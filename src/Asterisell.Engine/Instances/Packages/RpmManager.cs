using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>yum of CentOS 7 and dnf of its successors; <paramref name="program"/> is one of the two words.</summary>
/// <remarks>Read against texts made after the manuals of both: the tests have no machine with rpm.</remarks>
internal sealed partial class RpmManager(string program) : IPackageManager
{
    /// <summary>Between the transaction and the list of security advisories.</summary>
    private const string AdvisoryMark = "== advisories ==";

    private static readonly string[] UpgradeHeadings = ["Upgrading:", "Updating:", "Updating for dependencies:"];
    private static readonly string[] InstallHeadings =
        ["Installing:", "Installing dependencies:", "Installing for dependencies:", "Installing weak dependencies:"];

    private static readonly string[] RemoveHeadings = ["Removing:", "Removing dependent packages:", "Removing for dependencies:", "Removing unused dependencies:"];

    public string Name => program;

    public string Functions => "program=" + program + "\n" + """
        export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin COLUMNS=200
        pm() {
          mkdir -p "$work/cache"
          "$program" -y --color=never --setopt=cachedir="$work/cache" --setopt=keepcache=1 --setopt=timeout=20 --setopt=retries=2 "$@" </dev/null
        }
        pm_installed() { rpm -qa --queryformat '%{NAME}\t%{ARCH}\t%{EPOCH}:%{VERSION}-%{RELEASE}\n'; }
        pm_refresh() {
          pm clean expire-cache >/dev/null 2>&1
          pm makecache || return
          pm repolist enabled 2>/dev/null | grep -q '^repolist: 0$' && return 93
          return 0
        }
        advisories() { echo '== advisories =='; pm -q -C updateinfo list security 2>/dev/null; return 0; }
        # "Operation aborted." ends with 1; so does every other failure, which has no table.
        pm_pending() { pm -C --assumeno update; advisories; }
        pm_select() { pm -C --assumeno update "$@"; advisories; }
        pm_fetch() { pm --downloadonly update "$@"; }
        pm_install() { pm -C update "$@"; }
        # NAME-EPOCH:VERSION-RELEASE.ARCH
        pm_name() { local n=${1%-*}; printf '%s\n' "${n%-*}"; }
        pm_owned() { rpm -ql "$@" 2>/dev/null | grep '^/'; }
        pm_records() { if [ -d /usr/lib/sysimage/rpm ] && [ ! -L /usr/lib/sysimage/rpm ]; then echo /usr/lib/sysimage/rpm; else echo /var/lib/rpm; fi; }
        """;

    public IReadOnlyList<PackageVersion> ReadInstalled(string output) =>
    [
        .. output.Split('\n').Select(line => line.Split('\t')).Where(fields => fields is [not "gpg-pubkey", _, _])
            .Select(fields => new PackageVersion(fields[0], fields[1], PlainVersion(fields[2]))),
    ];

    public PackageTransaction ReadTransaction(string output, IReadOnlyList<PackageVersion> installed)
    {
        ArgumentNullException.ThrowIfNull(output);
        string[] parts = output.Split(AdvisoryMark, 2);
        HashSet<string>? advised = parts.Length == 2 ? ReadAdvisories(parts[1]) : null;
        var steps = new List<PackageStep>();
        string section = "";
        List<string> row = [];
        foreach (string line in parts[0].Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.StartsWith("Transaction Summary", StringComparison.Ordinal))
            {
                break;
            }

            if (!line.StartsWith(' '))
            {
                (section, row) = (line, []);
                continue;
            }

            // A long name stands alone on its line; what belongs to it follows on the next. A line "replacing …" belongs to the one before.
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            row = words is ["replacing", ..] ? [] : [.. row, .. words];
            if (row.Count >= 5)
            {
                Add(steps, section, row, installed, advised);
                row = [];
            }
        }

        return new PackageTransaction(steps);
    }

    public string Address(PackageStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        string version = step.To!.Contains(':', StringComparison.Ordinal) ? step.To : "0:" + step.To;
        return $"{step.Package}-{version}.{step.Architecture}";
    }

    public string NameOf(PackageStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Package;
    }

    public PackageTrouble? Diagnose(string output, string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        bool Says(params string[] words) => words.Any(word => error.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Says("another app is currently holding the yum lock", "existing lock", "waiting for process with pid") ? PackageTrouble.Busy
            : Says("unfinished transactions", "rpmdb open failed", "package duplicates") ? PackageTrouble.Broken
            : Says("no space left", "at least", "disk requirements") ? PackageTrouble.Space
            : Says("cannot find a valid baseurl", "failed to download metadata", "could not resolve host", "no more mirrors to try", "cannot download", "cannot retrieve", "all mirrors were tried", "cannot prepare internal mirrorlist") ? PackageTrouble.Unreachable
            : null;
    }

    /// <summary>Name, architecture, version, repository; the size follows, in one or two words.</summary>
    private static void Add(List<PackageStep> steps, string section, List<string> row, IReadOnlyList<PackageVersion> installed, HashSet<string>? advised)
    {
        string name = row[0], architecture = row[1], version = PlainVersion(row[2]), repository = row[3];
        if (RemoveHeadings.Contains(section))
        {
            steps.Add(new PackageStep(name, architecture, version, null, null, ""));
        }
        else if (UpgradeHeadings.Contains(section) || InstallHeadings.Contains(section))
        {
            string? before = InstallHeadings.Contains(section)
                ? null
                : installed.FirstOrDefault(one => one.Package == name && one.Architecture == architecture)?.Version;
            steps.Add(new PackageStep(name, architecture, before, version, advised?.Contains($"{name} {version} {architecture}"), repository));
        }
    }

    /// <summary>
    /// <c>RHSA-2024:0627 Moderate/Sec. gnutls-3.7.6-23.el9_3.3.x86_64</c>; null where the repositories carry no advisories, as CentOS 7's
    /// own do not: then nobody can say which updates are about security.
    /// </summary>
    private static HashSet<string>? ReadAdvisories(string text)
    {
        HashSet<string> found =
        [
            .. Advisory().Matches(text).Select(line => string.Create(
                CultureInfo.InvariantCulture, $"{line.Groups["name"].Value} {PlainVersion(line.Groups["version"].Value)} {line.Groups["arch"].Value}")),
        ];
        return found.Count == 0 ? null : found;
    }

    /// <summary>Without an epoch that is none.</summary>
    private static string PlainVersion(string version) =>
        version.StartsWith("0:", StringComparison.Ordinal) ? version[2..]
        : version.StartsWith("(none):", StringComparison.Ordinal) ? version["(none):".Length..]
        : version;

    [GeneratedRegex(@"^\S+\s+\S*Sec\.?\s+(?<name>\S+)-(?<version>[^-\s]+-[^-\s]+)\.(?<arch>[^.\s]+)\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Advisory();
}
