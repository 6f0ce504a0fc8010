namespace Asterisell.Engine.Docker.Transport;

/// <summary>One request to an engine.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, escaped, without the version.</param>
internal sealed record EngineRequest(HttpMethod Method, string Path)
{
    /// <summary>Container concerned, for error messages.</summary>
    public string? Container { get; init; }

    /// <summary>What is being done, for error messages: "inspecting the container".</summary>
    public required string Doing { get; init; }

    /// <summary>Body; null for none.</summary>
    public HttpContent? Content { get; init; }

    /// <summary>Longest time to the answer's headers (for JSON answers: to its end); null where it may take any time.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>
    /// True when the answer is a stream or comes after a long wait: it is given a connection of its own choosing, so that short
    /// requests never queue behind it.
    /// </summary>
    public bool Long { get; init; }

    /// <summary>True when the connection shall become a raw stream.</summary>
    public bool Upgrade { get; init; }

    /// <summary>Media type that the answer must have; null where any will do.</summary>
    public string? MediaType { get; init; }
}
