using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Repositories;

/// <summary>A cmdlet that works on the checkout that instances are managed from. An inventory is used where there is one, and need not be readable.</summary>
public abstract class RepositoryCmdlet : InventoryCmdlet
{
    private protected RepositoryCmdlet()
    {
    }

    /// <summary>How git is run for this operator.</summary>
    private protected CheckoutOptions Options => new() { InventoryPath = InventoryFile, IsInteractive = IsInteractive };

    /// <summary>True where an operator can be asked by git, ssh or gpg; a scheduled task must fail instead of waiting for ever.</summary>
    private static bool IsInteractive =>
        Environment.UserInteractive
        && !Console.IsInputRedirected
        && !Environment.GetCommandLineArgs().Any(argument => argument.TrimStart('-', '/').StartsWith("NonI", StringComparison.OrdinalIgnoreCase));

    private string Here => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The inventory's path; null where none is found. One that was named must be there.</summary>
    private string? InventoryFile
    {
        get
        {
            try
            {
                return FindInventory();
            }
            catch (AsterisellException none) when (none.ErrorId == "InventoryNotFound")
            {
                return null;
            }
        }
    }

    /// <summary>Full path of what the operator named; else the only checkout that the inventory is about, or that the current folder is in.</summary>
    private protected async Task<string> FindRepositoryAsync(string? given) =>
        given is null ? await RepositoryFinder.FindOnlyAsync(InventoryFile, Here, Stop) : GetUnresolvedProviderPathFromPSPath(given);

    /// <summary>Full path of what the operator named; else every checkout that the inventory is about.</summary>
    private protected async Task<IReadOnlyList<string>> FindRepositoriesAsync(string? given) =>
        given is null ? await RepositoryFinder.FindAsync(InventoryFile, Here, Stop) : [GetUnresolvedProviderPathFromPSPath(given)];

    /// <summary>Does something with one checkout; what goes wrong is an error about it, and the next one has its turn.</summary>
    private protected async Task TryAsync(string repository, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (AsterisellException failure)
        {
            WriteFailure(failure, repository);
        }
    }
}
