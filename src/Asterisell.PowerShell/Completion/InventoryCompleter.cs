using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Module;

namespace Asterisell.PowerShell.Completion;

/// <summary>Completes words that the inventory knows. It reads no more than that file, and where that fails it offers nothing.</summary>
public abstract class InventoryCompleter : IArgumentCompleter
{
    private protected InventoryCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            AsterisellInventory? inventory = Read(fakeBoundParameters?["InventoryPath"] as string);
            return inventory is null ? [] : [.. Matching(Offers(inventory, Word.Unquote(wordToComplete ?? "")), wordToComplete ?? "")];
        }
        catch (Exception)
        {
            // A completer that throws breaks the operator's line; the cmdlet itself will say what is wrong with the inventory.
            return [];
        }
    }

    /// <summary>Everything that may stand there.</summary>
    /// <param name="inventory">Inventory.</param>
    /// <param name="word">What was typed so far.</param>
    private protected abstract IEnumerable<Offer> Offers(AsterisellInventory inventory, string word);

    private static IEnumerable<CompletionResult> Matching(IEnumerable<Offer> offers, string typed)
    {
        string word = Word.Unquote(typed);
        string pattern = Wildcard.HasWildcard(word) ? word + "*" : "";
        return offers
            .Where(offer => pattern.Length > 0 ? Wildcard.IsMatch(pattern, offer.Key) : offer.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(offer => offer.Text)
            .OrderBy(offer => offer.Text, StringComparer.OrdinalIgnoreCase)
            .Select(offer => new CompletionResult(Word.Quote(offer.Text, typed), offer.Text, CompletionResultType.ParameterValue, offer.Tooltip));
    }

    private static AsterisellInventory? Read(string? given)
    {
        string folder = Folder();
        string? path = given is null ? null : Path.GetFullPath(given, folder);
        return InventoryCache.Read(InventoryLocator.Find(path, folder), out _).Inventory;
    }

    /// <summary>The shell's current folder, which is not the process's. Asked by a command, because a busy runspace answers nothing else.</summary>
    private static string Folder()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        PathInfo? location = shell
            .AddCommand(@"Microsoft.PowerShell.Management\Get-Location")
            .AddParameter("PSProvider", "FileSystem")
            .Invoke<PathInfo>()
            .FirstOrDefault();
        return location?.ProviderPath ?? Environment.CurrentDirectory;
    }

    /// <summary>Something that may stand there.</summary>
    /// <param name="Key">What the operator begins to type.</param>
    /// <param name="Text">What then stands there.</param>
    /// <param name="Tooltip">What it is.</param>
    private protected sealed record Offer(string Key, string Text, string Tooltip);
}
