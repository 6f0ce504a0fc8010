using System.Text;

namespace Asterisell.Engine.Instances;

/// <summary><c>php asterisell.php</c> of one instance, its flag files and its job lock.</summary>
internal sealed class InstanceApplication(
    IInstanceExec exec, IInstanceFiles files, IInstanceDatabase database, InstanceProbe probe, AsterisellInstance instance, TimeProvider clock)
    : IApplication
{
    /// <summary>Putting cron back must not wait for ever, nor be cut short by the cancellation that led to it.</summary>
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly PhpClock _phpClock = new(exec, instance);

    public async Task<ApplicationRun> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyList<string> answers, TimeSpan? timeout, CancellationToken cancellation)
    {
        if (answers.Any(answer => answer.AsSpan().ContainsAny('\n', '\0')))
        {
            throw new ArgumentException("An answer is one line.", nameof(answers));
        }

        // Each answer ends with a newline, also the last: the application reads lines, and takes an end of input for an empty one.
        byte[] input = Encoding.UTF8.GetBytes(string.Concat(answers.Select(answer => answer + "\n")));
        var command = new InstanceCommand(["php", "asterisell.php", .. arguments])
        {
            WorkingDirectory = instance.AdminDirectory,
            Input = new MemoryStream(input),
            Timeout = timeout,
        };
        try
        {
            CommandOutcome outcome = await exec.RunAsync(command, cancellation).ConfigureAwait(false);
            return new ApplicationRun(outcome, ApplicationVerdict.Judge(arguments, outcome));
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.NotFound or ErrorKind.InvalidInput or ErrorKind.CommandFailed)
        {
            // The engine cannot enter a directory that does not exist; what it says differs by version.
            InstanceFile? program = await files.FindAsync($"{instance.AdminDirectory}/asterisell.php", cancellation).ConfigureAwait(false);
            throw program is null ? InstanceErrors.ApplicationNotInstalled(instance) : failure;
        }
    }

    public async Task<ApplicationLocks> GetLocksAsync(CancellationToken cancellation)
    {
        ApplicationActivity activity = await GetActivityAsync(cancellation).ConfigureAwait(false);
        return activity.Unread is null ? activity.Locks : throw activity.Unread;
    }

    public async Task<string?> DescribeActivityAsync(CancellationToken cancellation)
    {
        ApplicationActivity activity = await GetActivityAsync(cancellation).ConfigureAwait(false);
        return activity.IsBusy ? activity.Describe() : null;
    }

    public async Task<StaleLock?> ClearStaleLockAsync(CancellationToken cancellation)
    {
        ApplicationActivity activity = await GetActivityAsync(cancellation).ConfigureAwait(false);
        if (!activity.IsStale)
        {
            return null;
        }

        // Exactly the row that was judged: a pass that has just taken a dead one's lock over wrote another.
        JobLock found = activity.Locks.JobLock!;
        long removed = await database.ExecuteAsync(
            "DELETE FROM ar_lock WHERE name = @name AND info <=> @info AND time <=> @time",
            new Dictionary<string, object?> { ["name"] = LockReader.JobLockName, ["info"] = activity.LockInfo, ["time"] = found.Since },
            cancellation).ConfigureAwait(false);
        return removed == 0 ? null : new StaleLock(found.ProcessId, activity.LockedSince, found.Holder, found.ProcessName);
    }

    public async Task<bool> SetCronLockAsync(bool locked, CancellationToken cancellation)
    {
        if (locked)
        {
            return await LockAsync(ExecTag.Create(), cancellation).ConfigureAwait(false);
        }

        CommandOutcome outcome = await exec.RunAsync(Command(ApplicationScripts.Unlock, ""), cancellation).ConfigureAwait(false);
        return outcome.ExitCode switch
        {
            0 => true,
            AlreadySo => false,
            _ => throw InstanceErrors.CronNotUnlocked(instance, outcome.ErrorText),
        };
    }

    public async Task<bool> SetWebLockAsync(bool locked, CancellationToken cancellation)
    {
        string script = locked ? ApplicationScripts.LockWeb : ApplicationScripts.UnlockWeb;
        CommandOutcome outcome = await exec.RunAsync(Command(script, ""), cancellation).ConfigureAwait(false);
        return outcome.ExitCode switch
        {
            0 => !locked,
            AlreadySo => locked,
            FileScripts.Missing => throw InstanceErrors.ApplicationNotInstalled(instance),
            _ => throw InstanceErrors.WebLockNotSet(instance, locked, outcome.ErrorText),
        };
    }

    public async Task<ApplicationLocks> DrainJobsAsync(TimeSpan limit, IProgress<string>? progress, CancellationToken cancellation)
    {
        string word = ExecTag.Create();
        bool drained = false;
        try
        {
            bool wasLocked = await LockAsync(word, cancellation).ConfigureAwait(false);
            long started = clock.GetTimestamp();
            ApplicationActivity activity = await GetActivityAsync(cancellation).ConfigureAwait(false);
            ApplicationLocks before = activity.Locks with { CronLocked = wasLocked };
            while (activity.IsBusy)
            {
                if (clock.GetElapsedTime(started) > limit)
                {
                    throw InstanceErrors.JobsStillRunning(instance, limit, activity.Describe());
                }

                progress?.Report($"waits for {activity.Describe()}");
                await Task.Delay(PollInterval, clock, cancellation).ConfigureAwait(false);
                activity = await GetActivityAsync(cancellation).ConfigureAwait(false);
            }

            drained = true;
            return before;
        }
        finally
        {
            if (!drained)
            {
                await ReleaseAsync(word).ConfigureAwait(false);
            }
        }
    }

    public async Task RestoreCronAsync(ApplicationLocks before, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(before);
        string script = before.CronLocked ? ApplicationScripts.Lock : ApplicationScripts.Unlock;
        CommandOutcome outcome = await exec.RunAsync(Command(script, ExecTag.Create()), cancellation).ConfigureAwait(false);
        if (outcome.ExitCode is not (0 or AlreadySo))
        {
            throw InstanceErrors.CronNotRestored(instance, before.CronLocked, outcome.ErrorText);
        }
    }

    private const int AlreadySo = 3;

    /// <returns>True when it was locked before.</returns>
    private async Task<bool> LockAsync(string word, CancellationToken cancellation)
    {
        CommandOutcome outcome = await exec.RunAsync(Command(ApplicationScripts.Lock, word), cancellation).ConfigureAwait(false);
        return outcome.ExitCode switch
        {
            0 => false,
            AlreadySo => true,
            FileScripts.Missing => throw InstanceErrors.ApplicationNotInstalled(instance),
            _ => throw InstanceErrors.CronNotLocked(instance, outcome.ErrorText),
        };
    }

    private async Task ReleaseAsync(string word)
    {
        try
        {
            await exec.RunAsync(Command(ApplicationScripts.Release, word) with { Timeout = RestoreLimit }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AsterisellException)
        {
            // What led here is thrown on; a container that is gone keeps its files as they are, and the lock says whose it is.
        }
    }

    public async Task<ApplicationActivity> GetActivityAsync(CancellationToken cancellation)
    {
        SqlBatch batch = LockReader.AddTo(new SqlBatch());
        ProbeResult result = await probe.RunAsync(ApplicationScripts.Look, [], batch, null, cancellation).ConfigureAwait(false);
        return result.Answer.IsComplete
            ? LockReader.Read(result, _phpClock)
            : throw InstanceErrors.ScriptFailed(instance, "reading the locks", result.ExitCode ?? -1, result.Answer.Error);
    }

    private InstanceCommand Command(string script, string word) => Bash.Command(script, instance.AdminDirectory, instance.UserDirectory, word);
}
