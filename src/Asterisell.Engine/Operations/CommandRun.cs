using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Operations;

/// <summary>Runs a command in an instance for an operator who watches its output or collects it.</summary>
/// <param name="what">The command as messages name it.</param>
/// <param name="clock">Time; null for the machine's.</param>
public sealed class CommandRun(string what, TimeProvider? clock = null)
{
    /// <summary>Characters that are collected of each output; what is larger is for files, not for objects.</summary>
    private const long CollectLimit = 64 * 1024 * 1024;

    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>Runs it to its end. An exit code other than 0 is a result, with <see cref="OperationStatus.Failed"/>.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="command">What.</param>
    /// <param name="onLines">Takes lines as they come; null to collect them in the result.</param>
    /// <param name="cancellation">Ends the command.</param>
    public async Task<CommandResult> RunAsync(
        IInstance instance, InstanceCommand command, Func<IReadOnlyList<CommandOutput>, Task>? onLines, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        DateTimeOffset startedAt = clock.GetUtcNow();
        long start = clock.GetTimestamp();
        var output = new Channel(CommandSource.Output, definition, CollectLimit);
        var error = new Channel(CommandSource.Error, definition, CollectLimit);
        int exitCode = await instance.Exec.StreamAsync(
            command,
            async (chunk, _) =>
            {
                Channel channel = chunk.Source == OutputSource.Error ? error : output;
                await channel.HandOnAsync(channel.Take(chunk.Data.Span), onLines).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        await output.HandOnAsync(output.End(), onLines).ConfigureAwait(false);
        await error.HandOnAsync(error.End(), onLines).ConfigureAwait(false);

        string message = exitCode == 0 ? "" : OperationErrors.Ended(what, exitCode, error.Last ?? output.Last);
        return new CommandResult(
            definition.Name, definition.HostName, what, exitCode == 0 ? OperationStatus.Succeeded : OperationStatus.Failed,
            startedAt, clock.GetElapsedTime(start), message)
        {
            ExitCode = exitCode,
            Output = output.Collected,
            ErrorOutput = error.Collected,
        };
    }

    /// <summary>One of the two outputs.</summary>
    private sealed class Channel(CommandSource source, AsterisellInstance instance, long limit)
    {
        private readonly LineSplitter splitter = new();
        private readonly List<string> lines = [];
        private long collected;

        public List<string> Collected { get; } = [];

        /// <summary>Last line that says something.</summary>
        public string? Last { get; private set; }

        public CommandOutput[] Take(ReadOnlySpan<byte> bytes)
        {
            splitter.Add(bytes, lines);
            return Drain();
        }

        public CommandOutput[] End()
        {
            splitter.End(lines);
            return Drain();
        }

        public async Task HandOnAsync(CommandOutput[] ready, Func<IReadOnlyList<CommandOutput>, Task>? onLines)
        {
            if (ready.Length == 0)
            {
                return;
            }

            Last = ready.LastOrDefault(line => !string.IsNullOrWhiteSpace(line.Text))?.Text ?? Last;
            if (onLines is not null)
            {
                await onLines(ready).ConfigureAwait(false);
                return;
            }

            foreach (CommandOutput line in ready)
            {
                collected += line.Text.Length;
                Collected.Add(collected <= limit ? line.Text : throw OperationErrors.OutputTooLargeToCollect(instance, limit));
            }
        }

        private CommandOutput[] Drain()
        {
            CommandOutput[] ready = [.. lines.Select(line => new CommandOutput(instance.Name, instance.HostName, source, line))];
            lines.Clear();
            return ready;
        }
    }
}
