namespace Asterisell.Engine.Inventory.Secrets;

/// <summary>Looks secrets up, at the moment they are needed. Nothing is kept, except answers of the operator within one command.</summary>
public sealed class SecretResolver(ISecretSource source) : IDisposable
{
    private readonly Dictionary<string, Secret> answers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim asking = new(1);

    /// <summary>The secret that a reference leads to.</summary>
    /// <exception cref="AsterisellException">Not there, or not safe; see <see cref="SecretErrors"/>.</exception>
    public async Task<Secret> ResolveAsync(SecretReference reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        switch (reference.Kind)
        {
            case SecretKind.Environment:
                return Environment.GetEnvironmentVariable(reference.Name!) is { Length: > 0 } value
                    ? new Secret(value)
                    : throw SecretErrors.SecretVariableNotSet(reference.Name!);
            case SecretKind.File:
                return await SecretFile.ReadAsync(reference.Name!, cancellation);
            case SecretKind.Vault:
                return await source.FindInVaultAsync(reference.Name!, reference.Vault, cancellation)
                    ?? throw SecretErrors.SecretNotInVault(reference.Name!, reference.Vault);
            case SecretKind.Prompt:
                return await AskAsync(reference.Name!, cancellation);
            default:
                return new Secret(reference.RevealLiteral());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => asking.Dispose();

    /// <summary>One question is asked once for all instances, and two questions never at the same time.</summary>
    private async Task<Secret> AskAsync(string question, CancellationToken cancellation)
    {
        await asking.WaitAsync(cancellation);
        try
        {
            if (!answers.TryGetValue(question, out Secret? answer))
            {
                answer = await source.AskAsync(question, cancellation) ?? throw SecretErrors.SecretNotAnswered(question);
                answers.Add(question, answer);
            }

            return answer;
        }
        finally
        {
            asking.Release();
        }
    }
}
