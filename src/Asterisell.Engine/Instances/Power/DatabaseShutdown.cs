using System.Globalization;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances.Power;

/// <summary>How MariaDB ended before its container was stopped.</summary>
internal enum DatabaseEnd
{
    /// <summary>It ended by itself and removed its pid file.</summary>
    Clean,

    /// <summary>It ended, but its pid file stayed: it crashed on the way.</summary>
    Dirty,

    /// <summary>It had not ended when its time was over.</summary>
    Late,

    /// <summary>None runs.</summary>
    None,

    /// <summary>supervisord runs it without a parent that could be held: supervisord's own patience (<c>stopwaitsecs</c>) decides.</summary>
    Unwatched,
}

/// <summary>
/// Ends MariaDB before the container is stopped. To stop the container is not enough, however long Docker waits: the database stands
/// below <c>pidproxy</c>, which leaves at the first TERM; supervisord takes that for the end of the database, leaves when its other
/// services have ended (two or three seconds), and with process 1 the kernel kills what is left. The container's exit code is 0 then.
/// </summary>
/// <remarks>
/// Seen with supervisor 4.2 on the lab's stand-in, whose supervisord.conf has the original's command for the database; pidproxy of
/// 3.x, which the original has, leaves the same way. So the parent is frozen (supervisord sees no end, hence starts no new one), the
/// database gets TERM and as long as it needs. When supervisord's own TERM arrives at the parent, the parent goes, and supervisord
/// ends in good order. Should we vanish meanwhile, the program inside sees its input end and lets the parent go on: supervisord starts
/// the database again, and the instance is as it was.
/// </remarks>
internal sealed class DatabaseShutdown : IAsyncDisposable
{
    private const string Script = """
        export LC_ALL=C
        field() { local s; { IFS= read -r -d '' s < "/proc/$1/stat"; } 2>/dev/null; [ -n "$s" ] || return 1; set -- ${s##*) }; state=$1; parent=$2; }
        alive() { field "$1" && [ "$state" != Z ]; }
        # Waits a tenth of a second; leaves when nobody holds our input any more.
        tick() { IFS= read -r -t 0.1 _; [ $? -gt 128 ] || exit 3; }
        db=
        for file in /proc/[0-9]*/comm; do
          name=
          { read -r name < "$file"; } 2>/dev/null
          case $name in mysqld|mariadbd) db=${file#/proc/}; db=${db%/comm}; break ;; esac
        done
        [ -n "$db" ] || { echo None; exit 0; }
        top=$db
        while field "$top" && [ "$parent" -gt 1 ]; do top=$parent; done
        [ "$top" != "$db" ] || { echo Unwatched; exit 0; }
        pidfile=
        while IFS= read -r -d '' word; do case $word in *.pid) pidfile=$word; break ;; esac; done < "/proc/$top/cmdline"
        trap 'kill -CONT "$top" 2>/dev/null' EXIT
        kill -STOP "$top"
        kill -TERM "$db"
        end=$((SECONDS + $1))
        while alive "$db"; do
          [ $SECONDS -lt $end ] || { [ -z "$2" ] || rm -f -- "$2"; echo Late; exit 0; }
          tick
        done
        if [ -n "$pidfile" ] && [ -e "$pidfile" ]; then echo Dirty; else echo Clean; fi
        end=$((SECONDS + 60))
        while [ $SECONDS -lt $end ]; do
          while IFS= read -r line; do
            case $line in
              ShdPnd:*|SigPnd:*)
                if ((0x${line##*[[:space:]]} & 0x4000)); then
                  [ -z "$2" ] || rm -f -- "$2"
                  kill -KILL "$top"
                  exit 0
                fi ;;
            esac
          done < "/proc/$top/status"
          tick
        done
        """;

    private readonly IExecProcess _process;
    private readonly IAsyncEnumerator<OutputChunk> _output;
    private readonly CancellationTokenSource _over = new();

    private DatabaseShutdown(IExecProcess process)
    {
        _process = process;
        _output = process.ReadOutputAsync(_over.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>How it ended.</summary>
    public DatabaseEnd End { get; private set; }

    /// <summary>Ends the database. Until the result is disposed, or the container stops, supervisord starts no new one.</summary>
    /// <param name="instance">The instance; it runs.</param>
    /// <param name="grace">Time for the database.</param>
    /// <param name="cronFlag">Flag file to remove when nothing can use it any more, at the container's very end; null for none.</param>
    /// <param name="cancellation">Gives up; the database is started again.</param>
    public static async Task<DatabaseShutdown> BeginAsync(IInstance instance, TimeSpan grace, string? cronFlag, CancellationToken cancellation)
    {
        string seconds = Math.Max(1, (int)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var request = new ExecRequest(["/bin/bash", "-c", Script, "asterisell", seconds, cronFlag ?? ""]) { User = "root", AttachInput = true };
        IExecProcess process = await instance.Docker.StartExecAsync(instance.Definition.ContainerName, request, cancellation).ConfigureAwait(false);
        var shutdown = new DatabaseShutdown(process);
        try
        {
            shutdown.End = await shutdown.ReadEndAsync(instance.Definition).WaitAsync(cancellation).ConfigureAwait(false);
            return shutdown;
        }
        catch
        {
            await shutdown.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First the connection, which ends the program's input; a reading that is under way ends with it.
        await _process.DisposeAsync().ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        _over.Dispose();
    }

    private async Task<DatabaseEnd> ReadEndAsync(AsterisellInstance instance)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        while (await _output.MoveNextAsync().ConfigureAwait(false))
        {
            OutputChunk chunk = _output.Current;
            (chunk.Source == OutputSource.Output ? output : error).Append(Encoding.UTF8.GetString(chunk.Data.Span));
            string[] words = output.ToString().Split('\n', 2);
            if (words.Length == 2 && Enum.TryParse(words[0], out DatabaseEnd end))
            {
                return end;
            }
        }

        throw PowerErrors.DatabaseNotStopped(instance, InstanceErrors.OneLine(error.ToString()));
    }
}
