using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Repositories;

namespace Asterisell.PowerShell.Commands;

/// <summary>Commits what changed in the checkout, new files too, or concludes a merge. Conflict markers and secrets in clear are refused by file and line.</summary>
[Cmdlet(VerbsData.Save, Noun.Repository, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RepositorySave))]
public sealed class SaveAsterisellRepositoryCommand : RepositoryCmdlet
{
    private const int Shown = 8;

    /// <summary>What is committed and why. May be left out for a merge, which has a message of its own.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Message { get; set; }

    /// <summary>Files and folders to commit, and no others. Without it, everything that changed and every new file that git does not ignore.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Folder in the checkout. Without it, the only one that the inventory is about; without an inventory, the current folder's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        string repository = await FindRepositoryAsync(RepositoryPath);
        string[] files = [.. Path.Select(GetUnresolvedProviderPathFromPSPath)];
        await TryAsync(repository, async () =>
        {
            if (Confirmation.IsWanted(this, Force) && !ShouldProcess(repository, await DescribeAsync(repository, files)))
            {
                return;
            }

            WriteObject(await RepositorySaver.SaveAsync(repository, Message, files, Options, Stop));
        });
    }

    private async Task<string> DescribeAsync(string repository, string[] files)
    {
        IReadOnlyList<string> paths = await RepositorySaver.CheckAsync(repository, files, Options, Stop);
        string more = paths.Count > Shown ? $" and {paths.Count - Shown} more" : "";
        return paths.Count == 0 ? "Commit" : $"Commit {string.Join(", ", paths.Take(Shown))}{more}";
    }
}
