namespace Asterisell.Engine.Docker;

/// <summary>What an engine's answer may take in time and memory before it is given up.</summary>
internal sealed record DockerLimits
{
    /// <summary>The limits for real engines.</summary>
    public static DockerLimits Default { get; } = new();

    /// <summary>To open a connection; on ssh roads including the handshake.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For an answer that should be quick, from the request to its last byte. Generous: a host may be busy restoring a database.</summary>
    public TimeSpan QuickAnswer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the start of a container or of an exec, which waits for runc.</summary>
    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest JSON answer, bytes. A list of 1000 containers has about 2 MB.</summary>
    public int AnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Largest error answer that is read, bytes.</summary>
    public int ErrorBytes { get; init; } = 64 * 1024;

    /// <summary>Largest headers of an answer, KiB.</summary>
    public int HeaderKilobytes { get; init; } = 32;

    /// <summary>Largest line of a stream of JSON lines (events, progress), bytes.</summary>
    public int LineBytes { get; init; } = 1024 * 1024;

    /// <summary>Largest frame of a multiplexed stream, bytes. Engines send some 32 KiB; frames are passed on in pieces, so none is ever held whole.</summary>
    public int FrameBytes { get; init; } = 64 * 1024 * 1024;
}
