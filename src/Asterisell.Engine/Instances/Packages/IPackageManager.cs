namespace Asterisell.Engine.Instances.Packages;

/// <summary>One package manager: what is run inside, and how its answers are read.</summary>
internal interface IPackageManager
{
    /// <summary>What it is called: <c>apt</c>, <c>dnf</c>, <c>yum</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Functions of bash for <see cref="AgentScript"/>: <c>pm_installed</c>, <c>pm_refresh</c>, <c>pm_pending</c>, <c>pm_select</c>,
    /// <c>pm_fetch</c>, <c>pm_install</c>, <c>pm_owned</c>, <c>pm_name</c>, <c>pm_records</c>. They keep lists and downloads in <c>$work</c>.
    /// </summary>
    string Functions { get; }

    /// <summary>Packages that are wholly installed, from <c>pm_installed</c>.</summary>
    IReadOnlyList<PackageVersion> ReadInstalled(string output);

    /// <summary>What an update would do, from <c>pm_pending</c> or <c>pm_select</c>.</summary>
    /// <param name="output">What it said.</param>
    /// <param name="installed">Packages as they are.</param>
    PackageTransaction ReadTransaction(string output, IReadOnlyList<PackageVersion> installed);

    /// <summary>A package with its version as <c>pm_select</c>, <c>pm_fetch</c> and <c>pm_install</c> want it.</summary>
    string Address(PackageStep step);

    /// <summary>The package alone, as <c>pm_owned</c> wants it.</summary>
    string NameOf(PackageStep step);

    /// <summary>Why a command failed; null for a reason of no particular sort.</summary>
    PackageTrouble? Diagnose(string output, string error);
}

/// <summary>A package that is installed.</summary>
/// <param name="Package">Name.</param>
/// <param name="Architecture">As the package manager names it.</param>
/// <param name="Version">Full version.</param>
internal sealed record PackageVersion(string Package, string Architecture, string Version);

/// <summary>What becomes of a package.</summary>
/// <param name="Package">Name.</param>
/// <param name="Architecture">As the package manager names it.</param>
/// <param name="From">Version now; null for a new one.</param>
/// <param name="To">Version afterwards; null for one that would be removed.</param>
/// <param name="IsSecurity">Whether it comes from a security repository or advisory; null where the repositories do not tell.</param>
/// <param name="Origin">Where it comes from, as the package manager says it.</param>
internal sealed record PackageStep(string Package, string Architecture, string? From, string? To, bool? IsSecurity, string Origin);

/// <summary>What an update would do.</summary>
/// <param name="Steps">Each package, in the package manager's order.</param>
internal sealed record PackageTransaction(IReadOnlyList<PackageStep> Steps)
{
    /// <summary>Packages that would be removed.</summary>
    public IReadOnlyList<string> Removed => [.. Steps.Where(step => step.To is null).Select(step => step.Package)];
}

/// <summary>Sorts of failure that an operator mends in different ways.</summary>
internal enum PackageTrouble
{
    /// <summary>A repository does not answer, or does not have what it lists.</summary>
    Unreachable,

    /// <summary>Another package manager runs.</summary>
    Busy,

    /// <summary>An earlier run was cut off, and packages are half configured.</summary>
    Broken,

    /// <summary>No space left.</summary>
    Space,
}
