using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Runs programs inside an instance. When cancelled or timed out, the program and its children are ended too.</summary>
public interface IInstanceExec
{
    /// <summary>Runs a program to its end and keeps its output, up to <see cref="InstanceCommand.OutputLimitBytes"/>.</summary>
    Task<CommandOutcome> RunAsync(InstanceCommand command, CancellationToken cancellation);

    /// <summary>Runs a program to its end and hands its output on as it comes; the exit code is returned.</summary>
    Task<int> StreamAsync(InstanceCommand command, Func<OutputChunk, CancellationToken, ValueTask> onOutput, CancellationToken cancellation);

    /// <summary>Starts a program whose streams the caller handles.</summary>
    Task<IExecProcess> StartAsync(InstanceCommand command, CancellationToken cancellation);
}

/// <summary>A program to run inside an instance. Always an array of arguments: no shell reads them.</summary>
/// <param name="Arguments">Program and arguments. Never a secret: every process in the container sees them.</param>
public sealed record InstanceCommand(params IReadOnlyList<string> Arguments)
{
    /// <summary>User name or id.</summary>
    public string User { get; init; } = "root";

    /// <summary>Directory to start in; null for the container's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Standard input, read to its end; null for none (the program sees its end at once).</summary>
    public Stream? Input { get; init; }

    /// <summary>True when whoever calls <see cref="IInstanceExec.StartAsync"/> writes the standard input themselves.</summary>
    public bool AttachInput { get; init; }

    /// <summary>Additional environment; never a secret.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Longest run; null for no limit but the caller's cancellation.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A terminal of this size; null for none.</summary>
    public TerminalSize? Terminal { get; init; }

    /// <summary>Output kept by <see cref="IInstanceExec.RunAsync"/>, each stream; more is an error, so that memory stays flat.</summary>
    public int OutputLimitBytes { get; init; } = 64 * 1024 * 1024;
}

/// <summary>What a program left.</summary>
/// <param name="ExitCode">Exit code; no judgement: the original's zero exits lie.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Duration">From start to exit.</param>
public sealed record CommandOutcome(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error, TimeSpan Duration)
{
    /// <summary>Standard output as UTF-8.</summary>
    public string OutputText => System.Text.Encoding.UTF8.GetString(Output.Span);

    /// <summary>Standard error as UTF-8.</summary>
    public string ErrorText => System.Text.Encoding.UTF8.GetString(Error.Span);
}
