using System.Text.Json.Serialization;

namespace Asterisell.Engine.Docker.Wire;

/// <summary>POST /containers/ID/exec.</summary>
internal sealed record ExecCreateJson
{
    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; }

    public bool AttachStderr { get; init; }

    public bool Tty { get; init; }

    /// <summary>Keys that end our attachment instead of going to the program.</summary>
    public string? DetachKeys { get; init; }

    public required IReadOnlyList<string> Cmd { get; init; }

    public string? User { get; init; }

    public string? WorkingDir { get; init; }

    public IReadOnlyList<string>? Env { get; init; }
}

/// <summary>POST /exec/ID/start.</summary>
internal sealed record ExecStartJson
{
    public bool Detach { get; init; }

    public bool Tty { get; init; }

    /// <summary>Rows and columns, from API 1.42 on; older engines ignore it.</summary>
    public int[]? ConsoleSize { get; init; }
}

/// <summary>GET /exec/ID/json.</summary>
internal sealed record ExecJson
{
    [JsonRequired]
    public bool Running { get; init; }

    [JsonRequired]
    public int? ExitCode { get; init; }

    public int Pid { get; init; }
}
