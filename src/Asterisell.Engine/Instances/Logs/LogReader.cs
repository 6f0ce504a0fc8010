using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>Reads the logs of an instance: those of its services in one exec, and the container's own from Docker.</summary>
public sealed class LogReader(IInstance instance, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ContainerLog _containerLog = new(instance);

    /// <summary>Rotated logs that were asked for and could not be unpacked.</summary>
    public IReadOnlyList<UnreadLog> Unread { get; private set; } = [];

    /// <summary>
    /// What the logs hold, in the order of time over all services. Of a container that does not run, only its own log can be read.
    /// </summary>
    /// <param name="query">Which part.</param>
    /// <param name="cancellation">Gives up; the program inside is ended.</param>
    /// <exception cref="AsterisellException"><c>InstanceNotRunning</c> where only services were asked for that a running container tells.</exception>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(LogQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        bool runs = IsRunning(container);
        if (!runs && !query.Wants(LogServices.Container))
        {
            throw InstanceErrors.InstanceNotRunning(instance.Definition, container, _clock.GetUtcNow());
        }

        var kept = new LogTail(query);
        var files = new LogFiles(instance, query, _clock);
        if (runs && !query.IsContainerOnly)
        {
            await foreach (LogLine? line in files.ReadAsync(follow: false, cancellation).ConfigureAwait(false))
            {
                Keep(kept, line);
            }

            Unread = files.Unread;
        }

        if (WantsContainerLog(query, files))
        {
            await foreach (LogLine line in _containerLog.ReadAsync(query, follow: false, cancellation).ConfigureAwait(false))
            {
                kept.Add(line);
            }
        }

        return kept.InOrder();
    }

    /// <summary>The last lines as the query says, then what is written from now on, as it comes; ends only by cancellation or an error.</summary>
    /// <exception cref="AsterisellException"><c>FollowingEnded</c>, <c>InstanceNotRunning</c>.</exception>
    public async IAsyncEnumerable<LogEntry> FollowAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        if (!IsRunning(container))
        {
            throw InstanceErrors.InstanceNotRunning(instance.Definition, container, _clock.GetUtcNow());
        }

        var merged = new MergedLog();
        await using (merged.ConfigureAwait(false))
        {
            merged.Start(token => FollowFilesAsync(query, merged, token), cancellation);
            await foreach (LogEntry entry in merged.ReadAsync(cancellation).ConfigureAwait(false))
            {
                yield return entry;
            }
        }

        container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        throw LogErrors.FollowingEnded(instance.Definition, container.State);
    }

    private async Task FollowFilesAsync(LogQuery query, MergedLog merged, CancellationToken cancellation)
    {
        var files = new LogFiles(instance, query, _clock);
        if (query.IsContainerOnly)
        {
            await FollowContainerAsync(query, merged, cancellation).ConfigureAwait(false);
            return;
        }

        var history = new LogTail(query);
        bool isNew = false;
        await foreach (LogLine? line in files.ReadAsync(follow: true, cancellation).ConfigureAwait(false))
        {
            if (line is null)
            {
                isNew = true;
                Unread = files.Unread;
                foreach (LogEntry entry in history.InOrder())
                {
                    await merged.WriteAsync(entry, cancellation).ConfigureAwait(false);
                }

                if (WantsContainerLog(query, files))
                {
                    merged.Start(token => FollowContainerAsync(query, merged, token), cancellation);
                }
            }
            else if (isNew)
            {
                await merged.WriteAsync(line.Value.Entry, cancellation).ConfigureAwait(false);
            }
            else
            {
                Keep(history, line);
            }
        }
    }

    private async Task FollowContainerAsync(LogQuery query, MergedLog merged, CancellationToken cancellation)
    {
        await foreach (LogLine line in _containerLog.ReadAsync(query, follow: true, cancellation).ConfigureAwait(false))
        {
            await merged.WriteAsync(line.Entry, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>supervisord writes the same to both; whoever wants to see it twice can name both.</summary>
    private static bool WantsContainerLog(LogQuery query, LogFiles files) =>
        query.Services.Count > 0 ? query.Wants(LogServices.Container) : !files.HasSupervisord;

    private static void Keep(LogTail tail, LogLine? line)
    {
        if (line is { } one)
        {
            tail.Add(one);
        }
    }

    private static bool IsRunning(ContainerDetail container) => container is { IsRunning: true, State: "running" };
}
