using System.Collections.Concurrent;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Repository;

/// <summary>Refuses checkouts that are not clean; one that many instances share is looked at once.</summary>
public sealed class RepositoryCheck : ISourceCheck
{
    private readonly ConcurrentDictionary<string, Lazy<Task<RepositoryState?>>> _states = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task RequireDeployableAsync(string folder, CancellationToken cancellation)
    {
        Lazy<Task<RepositoryState?>> looking = _states.GetOrAdd(folder, path => new Lazy<Task<RepositoryState?>>(() => LookAsync(path)));
        (await looking.Value.WaitAsync(cancellation).ConfigureAwait(false))?.RequireClean();
    }

    private static async Task<RepositoryState?> LookAsync(string folder)
    {
        try
        {
            return await RepositoryInspector.InspectAsync(folder, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AsterisellException none) when (none.ErrorId == nameof(GitErrors.RepositoryNotFound))
        {
            return null;
        }
    }
}
