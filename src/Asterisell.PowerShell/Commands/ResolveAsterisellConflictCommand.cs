using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Repositories;

namespace Asterisell.PowerShell.Commands;

/// <summary>Decides conflicts, file by file: yours, the new version's, or the file as you edited it.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, Noun.Conflict, DefaultParameterSetName = ParameterSet.InputObject, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AsterisellConflict))]
public sealed class ResolveAsterisellConflictCommand : RepositoryCmdlet
{
    private const string PathSet = nameof(Path);

    /// <summary>Conflicts as <c>Get-AsterisellConflict</c> gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellConflict[] InputObject { get; set; } = [];

    /// <summary>Files with conflicts, by their paths below the checkout; wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// Ours: your file, wholly; Theirs: the new version's, wholly; Edited: the file as it is in the checkout, without conflict markers. Where one
    /// side deleted the file, its choice deletes it.
    /// </summary>
    [Parameter(Mandatory = true)]
    public ConflictChoice Use { get; set; }

    /// <summary>Folder in the checkout. Without it, the only one that the inventory is about; without an inventory, the current folder's.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        foreach (AsterisellConflict conflict in ParameterSetName == PathSet ? await FindAsync() : InputObject)
        {
            await TryAsync(conflict.Path, () => ResolveAsync(conflict));
        }
    }

    private async Task ResolveAsync(AsterisellConflict conflict)
    {
        if (Confirmation.IsWanted(this, Force) && !ShouldProcess($"{conflict.RepositoryPath}: {conflict.Path}", $"Use {Use}"))
        {
            return;
        }

        bool last = await new RepositoryConflicts(TimeProvider.System).ResolveAsync(conflict, Use, Options, Stop);
        WriteObject(conflict with { Resolution = Use });
        if (last)
        {
            WriteWarning($"{conflict.RepositoryPath}: that was the last one. Your uncommitted changes as they were before the update are still in git's stash: git stash drop, when you need them no more.");
        }
    }

    private async Task<IReadOnlyList<AsterisellConflict>> FindAsync()
    {
        string repository = await FindRepositoryAsync(RepositoryPath);
        IReadOnlyList<AsterisellConflict> all = await RepositoryConflicts.ListAsync(repository, Options, Stop);
        List<AsterisellConflict> meant = [];
        foreach (string pattern in Path)
        {
            AsterisellConflict[] found = [.. all.Where(conflict => new WildcardPattern(pattern).IsMatch(conflict.Path))];
            meant.AddRange(found.Length > 0 || WildcardPattern.ContainsWildcardCharacters(pattern)
                ? found
                : [new AsterisellConflict { RepositoryPath = repository, Path = pattern, Kind = ConflictKind.BothModified }]);
        }

        return [.. meant.DistinctBy(conflict => conflict.Path)];
    }
}
