using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Repositories;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the files that git could not merge: what both sides say, line by line, and the instances that they touch.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Conflict)]
[OutputType(typeof(AsterisellConflict))]
public sealed class GetAsterisellConflictCommand : RepositoryCmdlet
{
    /// <summary>Only conflicts in these files, by their paths below the checkout; wildcards. Without it, all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["*"];

    /// <summary>Folder in the checkout. Without it: the inventory's own and those that <c>application.source</c> names; without an inventory, the current folder's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        foreach (string repository in await FindRepositoriesAsync(RepositoryPath))
        {
            await TryAsync(repository, async () => WriteObject(
                (await RepositoryConflicts.ListAsync(repository, Options, Stop)).Where(conflict => Path.Any(pattern => new WildcardPattern(pattern).IsMatch(conflict.Path))),
                enumerateCollection: true));
        }
    }
}
