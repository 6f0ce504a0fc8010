using System.IO.Enumeration;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>Which packages.</summary>
public sealed record PackageQuery
{
    /// <summary>Names, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Only those that a repository has a newer version of. The repositories are asked.</summary>
    public bool PendingOnly { get; init; }

    /// <summary>Only those whose newer version mends security; implies <see cref="PendingOnly"/>.</summary>
    public bool SecurityOnly { get; init; }

    internal bool Matches(string package) =>
        Packages.Count == 0 || Packages.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, package, ignoreCase: true));
}
