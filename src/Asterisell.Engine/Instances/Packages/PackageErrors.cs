using System.Globalization;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>Failures of looking at and updating the operating system's packages in an instance.</summary>
internal static class PackageErrors
{
    public static AsterisellException PackageManagerNotFound(AsterisellInstance instance) => new(
        nameof(PackageManagerNotFound), ErrorKind.NotFound, instance.ToString(),
        "the container has none of apt-get, dnf and yum.");

    public static AsterisellException RepositoryUnreachable(AsterisellInstance instance, string why) => new(
        nameof(RepositoryUnreachable), ErrorKind.Connection, instance.ToString(),
        $"a package repository does not answer: {Sentence(why)} Nothing was changed; the instance goes on as before.",
        "Check the network and the repositories of the container (/etc/apt/sources.list, /etc/yum.repos.d); then try again.");

    public static AsterisellException NoPackageRepository(AsterisellInstance instance) => new(
        nameof(NoPackageRepository), ErrorKind.InvalidState, instance.ToString(),
        "the container has no package repository configured, so nobody can say whether its packages are up to date.",
        "Configure one in /etc/apt/sources.list or /etc/yum.repos.d, or build the image anew.");

    public static AsterisellException PackageManagerBusy(AsterisellInstance instance, string why) => new(
        nameof(PackageManagerBusy), ErrorKind.Conflict, instance.ToString(),
        $"somebody else works with the packages of this instance: {Sentence(why)}",
        "Wait for them to end, then try again.");

    public static AsterisellException PackagesHalfConfigured(AsterisellInstance instance, string why) => new(
        nameof(PackagesHalfConfigured), ErrorKind.InvalidState, instance.ToString(),
        $"an earlier run of the package manager was cut off: {Sentence(why)}",
        $"Mend it first: Invoke-AsterisellCommand {instance} dpkg --configure -a");

    public static AsterisellException PackageSpaceMissing(AsterisellInstance instance, string why) => new(
        nameof(PackageSpaceMissing), ErrorKind.ResourceExhausted, instance.ToString(),
        $"there is too little space for the update and for what undoes it: {Sentence(why)} Nothing was changed.",
        $"See what fills the disk: Get-AsterisellStatus {instance} | Format-List Disk*");

    public static AsterisellException PackageRemovalNeeded(AsterisellInstance instance, IReadOnlyList<string> packages) => new(
        nameof(PackageRemovalNeeded), ErrorKind.Conflict, instance.ToString(),
        $"the update would remove {string.Join(", ", packages)}. Nothing was changed.",
        "Update other packages by -Package, or do this one by hand: Enter-AsterisellInstance " + instance);

    public static AsterisellException PackageNotPending(AsterisellInstance instance, IReadOnlyList<string> patterns) => new(
        nameof(PackageNotPending), ErrorKind.NotFound, instance.ToString(),
        $"no package '{string.Join("', '", patterns)}' is installed.",
        $"See what is: Get-AsterisellPackage {instance}");

    public static AsterisellException PackageManagerFailed(AsterisellInstance instance, string task, int exitCode, string why) => new(
        nameof(PackageManagerFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"{task} failed with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}: {Sentence(why)}");

    public static AsterisellException PackageAgentEnded(AsterisellInstance instance, string task, string why) => new(
        nameof(PackageAgentEnded), ErrorKind.CommandFailed, instance.ToString(),
        $"the program inside ended during {task}: {Sentence(why)}",
        "What an update has begun is undone when it is run again.");

    public static AsterisellException PackageUpdateUndone(AsterisellInstance instance, string why) => new(
        nameof(PackageUpdateUndone), ErrorKind.CommandFailed, instance.ToString(),
        $"the update was undone, packages and /etc are as before: {Sentence(why)}",
        $"Update fewer packages at a time to find the one: Update-AsterisellPackage {instance} -Package NAME");

    public static AsterisellException PackageUndoFailed(AsterisellInstance instance, string why, string afterwards) => new(
        nameof(PackageUndoFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"the update failed ({Sentence(why).TrimEnd('.')}), its undo did not make the instance healthy: {Sentence(afterwards)}",
        $"Customers are locked out and jobs wait. Look at it: Get-AsterisellStatus {instance}; Get-AsterisellLog {instance}");

    private static string Sentence(string text) => InstanceErrors.OneLine(text).TrimEnd('.') + ".";
}
