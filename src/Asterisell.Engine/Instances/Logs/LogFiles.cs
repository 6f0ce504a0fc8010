using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>The log files inside, read by one program.</summary>
internal sealed class LogFiles(IInstance instance, LogQuery query, TimeProvider clock)
{
    private IEnumerable<string> _services = [];

    /// <summary>Rotated files that could not be unpacked; known once the history was read.</summary>
    public IReadOnlyList<UnreadLog> Unread { get; private set; } = [];

    /// <summary>True when supervisord has a log file of its own; known once the history was read.</summary>
    public bool HasSupervisord => _services.Contains(LogServices.Supervisord);

    /// <summary>Lines as they come, file by file; null once, between what was there and what is new.</summary>
    public async IAsyncEnumerable<LogLine?> ReadAsync(bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        List<LogLine?> lines = [];
        var protocol = new LogProtocol(definition, clock, line => lines.Add(line), () => lines.Add(null));
        _services = protocol.Services;
        Unread = protocol.Unread;
        var error = new TailText();
        IExecProcess process = await instance.Exec
            .StartAsync(LogScript.Command(definition, query, follow), cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation).ConfigureAwait(false))
            {
                if (chunk.Source == OutputSource.Error)
                {
                    error.Add(chunk.Data.Span);
                    continue;
                }

                protocol.Add(chunk.Data.Span);
                foreach (LogLine? line in lines)
                {
                    yield return line;
                }

                lines.Clear();
            }

            protocol.End();
            foreach (LogLine? line in lines)
            {
                yield return line;
            }

            int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
            if (exitCode != 0 && !follow)
            {
                throw LogErrors.LogReaderFailed(definition, exitCode, error.ToString());
            }
        }
    }
}
