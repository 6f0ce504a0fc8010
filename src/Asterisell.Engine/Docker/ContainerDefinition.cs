namespace Asterisell.Engine.Docker;

/// <summary>A container to create.</summary>
/// <param name="Name">Name; Docker wants two characters or more.</param>
/// <param name="Image">Image that the engine has already.</param>
public sealed record ContainerDefinition(string Name, string Image)
{
    /// <summary>Program that the command is given to as arguments; null for the image's own.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Program and arguments; null for the image's own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Host name inside; null for the id's beginning.</summary>
    public string? Hostname { get; init; }

    /// <summary>Additional environment. Never a secret: everybody who may inspect the container sees it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Volumes (created where missing) and bind mounts.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Ports to publish. An address must be given: without one Docker opens the port on every interface.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];

    /// <summary>Network to join; null for the engine's default.</summary>
    public string? Network { get; init; }

    /// <summary>Limits and restart policy.</summary>
    public ContainerLimits Limits { get; init; } = new();

    /// <summary>Time that <c>docker stop</c> gives it before killing; null for Docker's 10 seconds, too few for a database.</summary>
    public TimeSpan? StopGrace { get; init; }

    /// <summary>How the engine finds out whether it is healthy; null for the image's own way.</summary>
    public ContainerHealthCheck? HealthCheck { get; init; }

    /// <summary>Size of its log before it is rotated, bytes; null for the engine's default, often unlimited.</summary>
    public long? LogBytes { get; init; }
}

/// <summary>A program that the engine runs in the container now and then; it ends with 0 where all is well.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="Interval">Time between two runs.</param>
/// <param name="Timeout">Longest run.</param>
/// <param name="Retries">Failures in a row before the container counts as unhealthy.</param>
/// <param name="StartPeriod">Time after its start in which failures do not count.</param>
public sealed record ContainerHealthCheck(
    IReadOnlyList<string> Command, TimeSpan Interval, TimeSpan Timeout, int Retries, TimeSpan StartPeriod);

/// <summary>What can be changed while a container runs. A null leaves it as it is (when created: Docker's default).</summary>
public sealed record ContainerLimits
{
    /// <summary>Memory limit in bytes, swap not counted on top; 0 for none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processor limit in cores; 0 for none.</summary>
    public double? Cpus { get; init; }

    /// <summary><c>no</c>, <c>always</c>, <c>unless-stopped</c> or <c>on-failure</c>.</summary>
    public string? RestartPolicy { get; init; }
}
