namespace Asterisell.Engine.Inventory.Secrets;

/// <summary>The places of secrets that only PowerShell can reach; the cmdlets provide it.</summary>
public interface ISecretSource
{
    /// <summary>A secret of SecretManagement, as <c>Get-Secret</c> gives it.</summary>
    /// <param name="name">Name of the secret.</param>
    /// <param name="vault">Vault; null for the default one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The secret; null when there is none of that name.</returns>
    /// <exception cref="AsterisellException">SecretManagement is not installed, there is no such vault, or it is locked.</exception>
    Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation);

    /// <summary>Asks the operator, without echo.</summary>
    /// <returns>The answer; null when nobody can be asked.</returns>
    Task<Secret?> AskAsync(string question, CancellationToken cancellation);
}
