namespace Asterisell.Engine.Inventory.Secrets;

/// <summary>
/// Looks secrets up, at the moment they are needed. Vaults and the operator are asked once in its life, which is one command; everything
/// else each time.
/// </summary>
public sealed class SecretResolver(ISecretSource source) : IDisposable
{
    private readonly Dictionary<SecretReference, Answer> answers = [];
    private readonly SemaphoreSlim asking = new(1);

    /// <summary>
    /// Asks for what may need the operator, before a fleet begins: a vault may want a password of its own. A failure is kept, and told by
    /// <see cref="ResolveAsync"/> to whoever needs that secret.
    /// </summary>
    public async Task PrepareAsync(IEnumerable<SecretReference> references, CancellationToken cancellation)
    {
        foreach (SecretReference reference in references.Where(NeedsAsking))
        {
            await AskAsync(reference, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The secret that a reference leads to.</summary>
    /// <exception cref="AsterisellException">Not there, or not safe; see <see cref="SecretErrors"/>.</exception>
    public async Task<Secret> ResolveAsync(SecretReference reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NeedsAsking(reference))
        {
            Answer answer = await AskAsync(reference, cancellation).ConfigureAwait(false);
            return answer.Secret ?? throw answer.Failure!;
        }

        return reference.Kind switch
        {
            SecretKind.Environment => Environment.GetEnvironmentVariable(reference.Name!) is { Length: > 0 } value
                ? new Secret(value)
                : throw SecretErrors.SecretVariableNotSet(reference.Name!),
            SecretKind.File => await SecretFile.ReadAsync(reference.Name!, cancellation).ConfigureAwait(false),
            _ => new Secret(reference.RevealLiteral()),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => asking.Dispose();

    private static bool NeedsAsking(SecretReference reference) => reference.Kind is SecretKind.Vault or SecretKind.Prompt;

    /// <summary>Each thing is asked once for all instances, and two never at the same time.</summary>
    private async Task<Answer> AskAsync(SecretReference reference, CancellationToken cancellation)
    {
        await asking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!answers.TryGetValue(reference, out Answer? answer))
            {
                answer = await FindAsync(reference, cancellation).ConfigureAwait(false);
                answers.Add(reference, answer);
            }

            return answer;
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task<Answer> FindAsync(SecretReference reference, CancellationToken cancellation)
    {
        try
        {
            Secret? found = reference.Kind == SecretKind.Vault
                ? await source.FindInVaultAsync(reference.Name!, reference.Vault, cancellation).ConfigureAwait(false)
                : await source.AskAsync(reference.Name!, cancellation).ConfigureAwait(false);
            return new Answer(found, found is null ? Missing(reference) : null);
        }
        catch (AsterisellException failure)
        {
            return new Answer(null, failure);
        }
    }

    private static AsterisellException Missing(SecretReference reference) => reference.Kind == SecretKind.Vault
        ? SecretErrors.SecretNotInVault(reference.Name!, reference.Vault)
        : SecretErrors.SecretNotAnswered(reference.Name!);

    private sealed record Answer(Secret? Secret, AsterisellException? Failure);
}
