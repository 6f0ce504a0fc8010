using System.Collections.Concurrent;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>Reads checkouts; one that many instances share is listed once, and its files are hashed once.</summary>
internal sealed class ReleaseReader
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ReleaseTree>>> _read = [];

    /// <summary>The release of a checkout, without what must not leave it.</summary>
    /// <exception cref="AsterisellException">See <see cref="ReleaseTree.Read"/>.</exception>
    public async Task<ReleaseTree> ReadAsync(ApplicationSource source, CancellationToken cancellation)
    {
        Lazy<Task<ReleaseTree>> reading = _read.GetOrAdd(
            source.Folder, _ => new Lazy<Task<ReleaseTree>>(() => Task.Run(() => ReleaseTree.ReadAll(source.Folder, CancellationToken.None))));
        return (await reading.Value.WaitAsync(cancellation).ConfigureAwait(false)).Without(source.Hidden);
    }
}
