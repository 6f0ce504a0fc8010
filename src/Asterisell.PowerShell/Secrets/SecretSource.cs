using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.PowerShell.Secrets;

/// <summary>Vaults and the operator, as a cmdlet reaches them: on its pipeline thread, so one after the other.</summary>
/// <param name="prompt">Asks the operator.</param>
/// <param name="pipeline">Runs something on the pipeline thread, from any thread.</param>
internal sealed class SecretSource(SecretPrompt prompt, Func<Func<Secret?>, Task<Secret?>> pipeline) : ISecretSource
{
    /// <inheritdoc/>
    public Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation) =>
        pipeline(() => VaultCommand.Run(name, vault, cancellation));

    /// <inheritdoc/>
    public Task<Secret?> AskAsync(string question, CancellationToken cancellation) => pipeline(() =>
    {
        cancellation.ThrowIfCancellationRequested();
        return prompt.Ask(question);
    });
}
