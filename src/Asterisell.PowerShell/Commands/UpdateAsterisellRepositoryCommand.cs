using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Repositories;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Fetches new versions and merges them into the checkout. Uncommitted work is put aside and comes back; with <c>-WhatIf</c> the merge is made in
/// memory alone, and commits, conflicts and the instances that they touch are listed.
/// </summary>
[Cmdlet(VerbsData.Update, Noun.Repository, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RepositoryUpdate))]
public sealed class UpdateAsterisellRepositoryCommand : RepositoryCmdlet
{
    /// <summary>Folder in the checkout. Without it, the only one that the inventory is about; without an inventory, the current folder's.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>Longest time for fetching, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 600;

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        string repository = await FindRepositoryAsync(RepositoryPath);
        using var progress = new StepProgress(1, $"Updating {repository}", WriteProgress);
        CheckoutOptions options = Options with { Patience = TimeSpan.FromSeconds(TimeoutSec) };
        await TryAsync(repository, async () =>
        {
            if (Confirmation.IsWhatIf(this))
            {
                RepositoryUpdate foreseen = await RepositoryUpdater.ForeseeAsync(repository, options, progress, Stop);
                ShouldProcess(repository, Describe(foreseen));
                WriteObject(foreseen);
            }
            else if (!Confirmation.IsWanted(this, Force) || ShouldProcess(repository, "Fetch new versions and merge them"))
            {
                WriteObject(await new RepositoryUpdater(TimeProvider.System).UpdateAsync(repository, options, progress, Stop));
            }
        });
    }

    private static string Describe(RepositoryUpdate update) => update.Status == RepositoryUpdateStatus.Unchanged
        ? $"Nothing: {update.Upstream} has nothing new"
        : $"Merge {Count(update.Commits.Count, "commit")} of {update.Upstream} with {Count(update.Conflicts.Count, "conflict")}, touching {Count(update.Instances.Count, "instance")}";

    private static string Count(int number, string thing) => $"{number} {thing}{(number == 1 ? "" : "s")}";
}
