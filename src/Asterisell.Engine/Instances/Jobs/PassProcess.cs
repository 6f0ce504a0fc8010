namespace Asterisell.Engine.Instances.Jobs;

/// <summary>
/// A pass as a process of its own in the container: it goes on when whoever watches it goes away, because a rating pass that is cut off
/// leaves jobs that the next one reports as interrupted.
/// </summary>
internal sealed class PassProcess
{
    private const int Killed = 137;

    /// <summary>
    /// $1 admin directory, then arguments of asterisell.php. Says a private folder for output and exit code, the process id, and the size of
    /// the log of the debug environment. Our mark in the environment is taken off, else the pass would end with us.
    /// </summary>
    private const string StartScript = """
        cd "$1" 2>/dev/null && [ -f asterisell.php ] || exit 44
        shift
        find /var/tmp -maxdepth 1 -name 'asterisell-pass.*' -mmin +1440 -exec rm -rf {} + 2>/dev/null
        folder=$(mktemp -d /var/tmp/asterisell-pass.XXXXXX) || exit 1
        : > "$folder/output"
        unset ASTERISELL_EXEC
        setsid /bin/bash -c '
          php asterisell.php "${@:2}" > "$1/output" 2>&1 < /dev/null
          echo $? > "$1/exit.new"
          mv "$1/exit.new" "$1/exit"' asterisell "$folder" "$@" > /dev/null 2>&1 < /dev/null &
        size=$(stat -c %s log/asterisell_dev.log 2>/dev/null)
        printf '%s\n%s\n%s\n' "$folder" $! "${size:-0}"
        """;

    /// <summary>$1 folder, $2 process id. Says the output as it comes; its exit code is the application's.</summary>
    private const string FollowScript = """
        tail -c +1 -f -s 0.2 --pid="$2" "$1/output"
        code=137
        [ -e "$1/exit" ] && read -r code < "$1/exit"
        rm -rf -- "$1"
        exit "$code"
        """;

    /// <summary>$1 admin directory, $2 bytes to leave out. A log that is shorter than that was rotated meanwhile.</summary>
    private const string LogScript = """
        cd "$1" && [ -e log/asterisell_dev.log ] || exit 0
        from=$2
        [ "$(stat -c %s log/asterisell_dev.log)" -ge "$from" ] || from=0
        exec tail -c "+$((from + 1))" log/asterisell_dev.log
        """;

    private readonly IInstance _instance;
    private readonly string _folder;
    private readonly string _id;
    private readonly string _logSize;

    private PassProcess(IInstance instance, string folder, string id, string logSize) =>
        (_instance, _folder, _id, _logSize) = (instance, folder, id, logSize);

    /// <summary>Begins it.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="arguments">Of <c>asterisell.php</c>.</param>
    /// <param name="cancellation">Before it is begun.</param>
    public static async Task<PassProcess> StartAsync(IInstance instance, string[] arguments, CancellationToken cancellation)
    {
        InstanceCommand command = Bash.Command(StartScript, [instance.Definition.AdminDirectory, .. arguments]);
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode == FileScripts.Missing ? throw InstanceErrors.ApplicationNotInstalled(instance.Definition)
            : outcome.OutputText.Split('\n') is [var folder, var id, var size, ..] && outcome.ExitCode == 0 ? new PassProcess(instance, folder, id, size)
            : throw JobErrors.PassNotStarted(instance.Definition, InstanceErrors.OneLine(outcome.ErrorText));
    }

    /// <summary>Hands on its output as it comes, until it ends.</summary>
    /// <returns>Exit code of the application; 137 where it was killed.</returns>
    /// <exception cref="OperationCanceledException">The watching ends; the pass goes on.</exception>
    public async Task<int> FollowAsync(Func<ReadOnlyMemory<byte>, Task> onOutput, CancellationToken cancellation)
    {
        int exitCode = await _instance.Exec.StreamAsync(
            Bash.Command(FollowScript, _folder, _id),
            async (chunk, _) =>
            {
                if (chunk.Source == Docker.OutputSource.Output)
                {
                    await onOutput(chunk.Data).ConfigureAwait(false);
                }
            },
            cancellation).ConfigureAwait(false);
        return exitCode is >= 0 and <= 255 ? exitCode : Killed;
    }

    /// <summary>Copies what the debug environment wrote to its own log since the start.</summary>
    public Task CopyLogAsync(Stream target, CancellationToken cancellation) => _instance.Exec.StreamAsync(
        Bash.Command(LogScript, _instance.Definition.AdminDirectory, _logSize),
        async (chunk, token) =>
        {
            if (chunk.Source == Docker.OutputSource.Output)
            {
                await target.WriteAsync(chunk.Data, token).ConfigureAwait(false);
            }
        },
        cancellation);
}
