namespace Asterisell.Engine.Docker;

/// <summary>A program to start in a container. Always an array of arguments: no shell reads them.</summary>
/// <param name="Arguments">Program and arguments.</param>
public sealed record ExecRequest(IReadOnlyList<string> Arguments)
{
    /// <summary>User name or id; null for the container's own.</summary>
    public string? User { get; init; }

    /// <summary>Directory to start in; null for the container's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Additional environment. Never a secret: it shows in <c>/proc</c> and in <c>docker inspect</c> of the exec.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>True when the program is given a standard input.</summary>
    public bool AttachInput { get; init; }

    /// <summary>A terminal of this size (then standard error comes as output); null for none.</summary>
    public TerminalSize? Terminal { get; init; }
}
