using System.Buffers;
using System.Diagnostics;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Programs inside one instance, by the engine's exec.</summary>
internal sealed class InstanceExec(IDockerEngine docker, AsterisellInstance instance, TimeProvider clock) : IInstanceExec
{
    /// <summary>Longest wait for the end of programs that were given up; Ctrl+C has to answer within two seconds.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    public async Task<IExecProcess> StartAsync(InstanceCommand command, CancellationToken cancellation)
    {
        string tag = ExecTag.Create();
        try
        {
            IExecProcess process = await docker.StartExecAsync(instance.ContainerName, Request(command, tag), cancellation).ConfigureAwait(false);
            return new TaggedProcess(process, () => EndAsync(tag));
        }
        catch (OperationCanceledException)
        {
            // The engine may have started it just before the cancellation.
            await EndAsync(tag).ConfigureAwait(false);
            throw;
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.InvalidState or ErrorKind.NotFound or ErrorKind.Conflict)
        {
            throw await ExplainAsync(failure, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<CommandOutcome> RunAsync(InstanceCommand command, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        var output = new ArrayBufferWriter<byte>();
        var error = new ArrayBufferWriter<byte>();
        int exitCode = await StreamAsync(
            command,
            (chunk, _) =>
            {
                ArrayBufferWriter<byte> target = chunk.Source == OutputSource.Error ? error : output;
                if (target.WrittenCount + (long)chunk.Data.Length > command.OutputLimitBytes)
                {
                    throw InstanceErrors.OutputTooLarge(instance, command.Arguments[0], command.OutputLimitBytes);
                }

                target.Write(chunk.Data.Span);
                return ValueTask.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        return new CommandOutcome(exitCode, output.WrittenMemory, error.WrittenMemory, Stopwatch.GetElapsedTime(started));
    }

    public async Task<int> StreamAsync(
        InstanceCommand command, Func<OutputChunk, CancellationToken, ValueTask> onOutput, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (command.Timeout is { } timeout)
        {
            limit.CancelAfter(timeout);
        }

        try
        {
            return await StreamCoreAsync(command, onOutput, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw InstanceErrors.CommandTimedOut(instance, command.Arguments[0], command.Timeout!.Value);
        }
    }

    private async Task<int> StreamCoreAsync(
        InstanceCommand command, Func<OutputChunk, CancellationToken, ValueTask> onOutput, CancellationToken cancellation)
    {
        IExecProcess process = await StartAsync(command, cancellation).ConfigureAwait(false);
        var feed = InputFeed.Start(process, command.Input, cancellation);
        await using (feed.ConfigureAwait(false))
        {
            await using (process.ConfigureAwait(false))
            {
                try
                {
                    await foreach (OutputChunk chunk in process.ReadOutputAsync(feed.Broken).ConfigureAwait(false))
                    {
                        await onOutput(chunk, cancellation).ConfigureAwait(false);
                    }

                    return await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (feed.Failure is not null)
                {
                    feed.Failure.Throw();
                    throw;
                }
            }
        }
    }

    private static ExecRequest Request(InstanceCommand command, string tag)
    {
        var environment = new Dictionary<string, string>(command.Environment ?? new Dictionary<string, string>())
        {
            [ExecTag.Variable] = tag,
        };
        return new ExecRequest(command.Arguments)
        {
            User = command.User,
            WorkingDirectory = command.WorkingDirectory,
            Environment = environment,
            AttachInput = command.Input is not null || command.AttachInput || command.Terminal is not null,
            Terminal = command.Terminal,
        };
    }

    private async Task EndAsync(string tag)
    {
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            var request = new ExecRequest(["/bin/bash", "-c", ExecTag.KillScript, "asterisell", tag]) { User = "root" };
            IExecProcess killer = await docker.StartExecAsync(instance.ContainerName, request, limit.Token).ConfigureAwait(false);
            await using (killer.ConfigureAwait(false))
            {
                await foreach (OutputChunk _ in killer.ReadOutputAsync(limit.Token).ConfigureAwait(false))
                {
                    // Nothing it says matters: what is left is ended with the container.
                }
            }
        }
        catch (Exception failure) when (failure is AsterisellException or OperationCanceledException or IOException)
        {
            // The container or the engine is gone; so is the program, or nothing can be done about it.
        }
    }

    /// <summary>What the engine said, in terms of the instance.</summary>
    private async Task<AsterisellException> ExplainAsync(AsterisellException failure, CancellationToken cancellation)
    {
        ContainerDetail? container = await docker.FindContainerAsync(instance.ContainerName, cancellation).ConfigureAwait(false);
        return container switch
        {
            null => InstanceErrors.ContainerNotFound(instance),
            { State: not "running" } => InstanceErrors.InstanceNotRunning(instance, container, clock.GetUtcNow()),
            _ => failure,
        };
    }
}
