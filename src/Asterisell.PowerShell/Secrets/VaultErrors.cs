namespace Asterisell.PowerShell.Secrets;

/// <summary>Failures of asking SecretManagement. What a vault says is told, the secret never.</summary>
internal static class VaultErrors
{
    /// <summary>There is no <c>Get-Secret</c>.</summary>
    internal static AsterisellException VaultModuleMissing(string name) => new(
        nameof(VaultModuleMissing), ErrorKind.NotFound, name,
        "the secret is in a vault, and PowerShell's SecretManagement is not installed here.",
        "Install it with a vault: Install-PSResource Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore");

    /// <summary>No vault of that name is registered.</summary>
    internal static AsterisellException VaultNotFound(string name, string? vault) => new(
        nameof(VaultNotFound), ErrorKind.NotFound, name, $"the vault '{vault}' is not registered.",
        "Get-SecretVault lists the vaults that are; Register-SecretVault adds one.");

    /// <summary>The vault wants a password that nobody gave.</summary>
    internal static AsterisellException VaultLocked(string name, string? vault) => new(
        nameof(VaultLocked), ErrorKind.Authentication, name, $"{Describe(vault)} is locked.",
        $"Unlock it and try again: Unlock-SecretVault {(vault is null ? "" : $"-Name '{vault}' ")}-Password (Read-Host -AsSecureString)");

    /// <summary>SecretManagement or the vault failed.</summary>
    internal static AsterisellException VaultNotReadable(string name, string? vault, string reason) => new(
        nameof(VaultNotReadable), ErrorKind.CommandFailed, name, $"{Describe(vault)} did not give the secret: {reason}.",
        $"See whether Get-Secret -Name '{name}'{(vault is null ? "" : $" -Vault '{vault}'")} works by itself.");

    /// <summary>The secret is no password.</summary>
    internal static AsterisellException VaultSecretUnusable(string name, string reason) => new(
        nameof(VaultSecretUnusable), ErrorKind.InvalidInput, name, $"the secret in the vault {reason}.",
        "It should hold a password: a text, a SecureString or a credential.");

    private static string Describe(string? vault) => vault is null ? "the vault" : $"the vault '{vault}'";
}
