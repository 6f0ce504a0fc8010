namespace Asterisell;

/// <summary>A package of the operating system in an instance.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Package">Name of the package.</param>
/// <param name="Architecture">As the package manager names it: <c>amd64</c>, <c>x86_64</c>, <c>all</c>.</param>
/// <param name="Installed">Version that is installed; null for one that an update would bring along.</param>
/// <param name="Candidate">Newer version that a repository has; null where the repositories were not asked.</param>
/// <param name="IsSecurity">
/// True when the newer version comes from a security repository or advisory; null where the repositories were not asked or do not tell
/// (CentOS 7's own do not).
/// </param>
/// <param name="Origin">Repository of the newer version; null where the repositories were not asked.</param>
/// <param name="Manager"><c>apt</c>, <c>dnf</c> or <c>yum</c>.</param>
public sealed record InstancePackage(
    string Name, string HostName, string Package, string Architecture, string? Installed, string? Candidate, bool? IsSecurity, string? Origin,
    string Manager) : IInstanceObject;
