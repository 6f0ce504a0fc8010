using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Repositories;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Tells how the checkout is that instances are managed from: branch, upstream, what changed, conflicts, version, secrets about to be committed.
/// </summary>
[Cmdlet(VerbsCommon.Get, Noun.Repository)]
[OutputType(typeof(AsterisellRepository))]
public sealed class GetAsterisellRepositoryCommand : RepositoryCmdlet
{
    /// <summary>Folder in the checkout. Without it: the inventory's own and those that <c>application.source</c> names; without an inventory, the current folder's.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        foreach (string repository in await FindRepositoriesAsync(RepositoryPath))
        {
            await TryAsync(repository, async () => WriteObject(await RepositoryReader.ReadAsync(repository, Options, Stop)));
        }
    }
}
