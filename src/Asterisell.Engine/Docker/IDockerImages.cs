namespace Asterisell.Engine.Docker;

/// <summary>The images of an engine.</summary>
public interface IDockerImages
{
    /// <summary>Images, newest first; those without a name too.</summary>
    Task<IReadOnlyList<ImageDetail>> ListAsync(CancellationToken cancellation);

    /// <summary>One image by name or id; null when there is none.</summary>
    Task<ImageDetail?> FindAsync(string image, CancellationToken cancellation);

    /// <summary>Gives an image another name.</summary>
    Task TagAsync(string image, string repository, string tag, CancellationToken cancellation);

    /// <summary>Removes a name of an image, and the image with its last name.</summary>
    Task RemoveAsync(string image, bool force, CancellationToken cancellation);

    /// <summary>A tar of images, as <c>docker load</c> reads it, read as it arrives.</summary>
    Task<Stream> SaveAsync(IReadOnlyList<string> images, CancellationToken cancellation);

    /// <summary>Loads a tar of images; what the engine says meanwhile.</summary>
    IAsyncEnumerable<EngineProgress> LoadAsync(Stream tar, CancellationToken cancellation);

    /// <summary>Pulls an image from its registry; what the engine says meanwhile. Registries that want a password are not supported.</summary>
    IAsyncEnumerable<EngineProgress> PullAsync(string repository, string tag, CancellationToken cancellation);

    /// <summary>Builds an image from a tar with a Dockerfile, by the engine's own builder; what it says meanwhile.</summary>
    IAsyncEnumerable<EngineProgress> BuildAsync(Stream context, ImageBuild build, CancellationToken cancellation);
}

/// <summary>An image.</summary>
/// <param name="Id">Digest.</param>
/// <param name="Names">Names with tags; empty where it has none.</param>
/// <param name="Digests">Digests under which a registry knows it.</param>
/// <param name="SizeBytes">Size in bytes with all its layers.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Labels">Labels.</param>
public sealed record ImageDetail(
    string Id, IReadOnlyList<string> Names, IReadOnlyList<string> Digests, long SizeBytes, DateTimeOffset CreatedAt,
    IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Paths that are volumes in every container of it; known of an image that was looked for, not of a listed one.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];
}

/// <summary>How to build an image.</summary>
/// <param name="Name">Name and tag of the result.</param>
public sealed record ImageBuild(string Name)
{
    /// <summary>Path of the Dockerfile within the tar.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>Values of the Dockerfile's arguments. Never a secret: the image's history keeps them.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Network for its steps: <c>default</c>, <c>host</c>, <c>none</c>.</summary>
    public string Network { get; init; } = "default";

    /// <summary>Do every step anew.</summary>
    public bool NoCache { get; init; }
}

/// <summary>Something that an engine says during long work.</summary>
/// <param name="Text">One or more lines.</param>
/// <param name="Layer">Layer it is about; null where it is about the whole.</param>
/// <param name="Done">Bytes done; 0 where unknown.</param>
/// <param name="Total">Bytes in all; 0 where unknown.</param>
public sealed record EngineProgress(string Text, string? Layer, long Done, long Total);
