namespace Asterisell.Engine.Ssh;

/// <summary>Runs commands on one host through one shared connection, and through more only where that is not enough.</summary>
/// <remarks>
/// sshd lets ten commands at a time share a connection unless told otherwise (MaxSessions). Who finds no place waits a moment for one:
/// most commands are short. Then one more connection is made, one at a time, since sshd drops logins that come in a crowd (MaxStartups).
/// Where sshd allows fewer commands, OpenSSH makes a connection of its own for that command and says so; the number is then lowered.
/// OpenSSH on Windows shares no connections: there each command has its own.
/// </remarks>
internal sealed class SshHost(AsterisellHost host, SshAddress address) : IAsyncDisposable
{
    private const int UsualPlaces = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private readonly object _gate = new();
    private readonly List<Shared> _shared = [];
    private readonly Queue<TaskCompletionSource<Shared>> _waiting = new();
    private readonly CancellationTokenSource _end = new();
    private SshControlFolder? _folder;
    private Task _growth = Task.CompletedTask;
    private int _places = UsualPlaces;
    private bool _growing;

    /// <summary>False where OpenSSH cannot share connections.</summary>
    internal static bool CanShare => !OperatingSystem.IsWindows();

    /// <summary>A shared connection, made where there is none. Login failures are thrown.</summary>
    internal async Task<SshMaster> ShareAsync(CancellationToken cancellation)
    {
        Shared place = await TakePlaceAsync(always: true, cancellation).ConfigureAwait(false)
            ?? throw new InvalidOperationException("This OpenSSH shares no connections.");
        GiveBack(place, "");
        return place.Master;
    }

    /// <summary>Gives up a connection that was seen to be dead, before its process has ended.</summary>
    internal void Drop(SshMaster master)
    {
        lock (_gate)
        {
            if (_shared.RemoveAll(shared => shared.Master == master) > 0)
            {
                _ = master.DisposeAsync().AsTask();
            }
        }
    }

    /// <summary>Starts a command. Login failures are thrown; those of the command show when its output ends.</summary>
    internal async Task<SshCommand> StartAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        Shared? place = await TakePlaceAsync(always: false, cancellation).ConfigureAwait(false);
        try
        {
            SshProcess process = SshProcess.Start(
                host, ["ssh", .. SshArguments.Command(host, address, place?.Master.ControlPath, command)]);
            return new SshCommand(process, new SshDiagnosis(host, address), errors => GiveBack(place, errors));
        }
        catch
        {
            GiveBack(place, "");
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _growth.ConfigureAwait(false);
        Shared[] all;
        lock (_gate)
        {
            FailWaiting(new ObjectDisposedException(nameof(SshHost)));
            all = [.. _shared];
            _shared.Clear();
        }

        foreach (Shared shared in all)
        {
            await shared.Master.DisposeAsync().ConfigureAwait(false);
        }

        _folder?.Dispose();
        _end.Dispose();
    }

    private async Task<Shared?> TakePlaceAsync(bool always, CancellationToken cancellation)
    {
        TaskCompletionSource<Shared> place = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
            if (!CanShare || (_places == 0 && !always))
            {
                return null;
            }

            _waiting.Enqueue(place);
            Distribute();
        }

        using CancellationTokenRegistration registration = cancellation.Register(() => place.TrySetCanceled(cancellation));
        return await place.Task.ConfigureAwait(false);
    }

    private void GiveBack(Shared? place, string errors)
    {
        lock (_gate)
        {
            if (place is not null)
            {
                place.Users--;
            }

            if (errors.Contains("Session open refused", StringComparison.Ordinal))
            {
                _places /= 2;
            }

            Distribute();
        }
    }

    /// <summary>Hands out free places and sees to it that more are made where somebody goes on waiting. Within the lock.</summary>
    private void Distribute()
    {
        foreach (Shared gone in _shared.Where(shared => shared.Master.HasEnded).ToList())
        {
            _shared.Remove(gone);
            _ = gone.Master.DisposeAsync().AsTask();
        }

        while (_waiting.Count > 0 && _shared.Find(shared => shared.Users < Math.Max(1, _places)) is { } free)
        {
            if (_waiting.Dequeue().TrySetResult(free))
            {
                free.Users++;
            }
        }

        if (_waiting.Count > 0 && !_growing && !_end.IsCancellationRequested)
        {
            _growing = true;
            TimeSpan patience = _shared.Count == 0 ? TimeSpan.Zero : Patience;
            _growth = Task.Run(() => GrowAsync(patience));
        }
    }

    private async Task GrowAsync(TimeSpan patience)
    {
        SshMaster? master = null;
        Exception? failure = null;
        try
        {
            await Task.Delay(patience, _end.Token).ConfigureAwait(false);
            if (IsWanted())
            {
                master = await SshMaster.StartAsync(host, address, Folder()).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        lock (_gate)
        {
            _growing = false;
            if (master is not null)
            {
                _shared.Add(new Shared(master));
            }
            else if (failure is not null && _shared.Count == 0)
            {
                FailWaiting(failure);
            }

            Distribute();
        }
    }

    private bool IsWanted()
    {
        lock (_gate)
        {
            return _waiting.Any(place => !place.Task.IsCompleted);
        }
    }

    private SshControlFolder Folder() => _folder ??= new SshControlFolder();

    private void FailWaiting(Exception failure)
    {
        while (_waiting.TryDequeue(out TaskCompletionSource<Shared>? place))
        {
            place.TrySetException(failure);
        }
    }

    /// <summary>A connection and how many commands go through it.</summary>
    private sealed class Shared(SshMaster master)
    {
        internal SshMaster Master => master;

        internal int Users { get; set; }
    }
}
