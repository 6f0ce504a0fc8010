using Asterisell.Engine.Operations.Leases;

namespace Asterisell.Engine.Operations.Audit;

/// <summary>
/// Writes who changed which instance: one line before a change and one after it, in the folder for state of the operator's account. A change that
/// was killed has no second line.
/// </summary>
/// <remarks>A trail that can't be written does not keep an operator from repairing an instance; it is told once.</remarks>
public sealed class AuditTrail
{
    private readonly AuditFile _file;
    private readonly TimeProvider _clock;
    private readonly Action<string> _warn;
    private int _told;

    /// <summary>The trail of this account.</summary>
    /// <param name="warn">Told, once, when the trail can't be written.</param>
    public AuditTrail(Action<string> warn)
        : this(AuditFile.DefaultFolder, TimeProvider.System, warn)
    {
    }

    internal AuditTrail(string folder, TimeProvider clock, Action<string> warn)
    {
        _file = new AuditFile(folder);
        _clock = clock;
        _warn = warn;
    }

    /// <summary>Makes a change between its two lines.</summary>
    /// <param name="host">Docker host.</param>
    /// <param name="instance">Instance.</param>
    /// <param name="command">Cmdlet, and what it does where that differs from call to call. No secret.</param>
    /// <param name="change">Does it, and gives what came of it: null where it says nothing.</param>
    /// <param name="cancellation">Gives up waiting for the first line; the second one is written in any case.</param>
    public async Task RunAsync(
        string host, string instance, string command, Func<AuditNotes, Task<OperationResult?>> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        LeaseHolder holder = LeaseHolder.Current;
        AuditLine begin = new()
        {
            Time = _clock.GetUtcNow(), Event = AuditEvent.Begin, Change = Guid.NewGuid().ToString("N")[..12], Owner = holder.Owner, Machine = holder.Machine,
            ProcessId = holder.ProcessId, HostName = host, Name = instance, Command = command,
        };
        long start = _clock.GetTimestamp();
        await WriteAsync(begin, cancellation).ConfigureAwait(false);
        AuditLine end = begin with { Event = AuditEvent.End, Result = nameof(OperationStatus.Succeeded) };
        try
        {
            OperationResult? result = await change(new AuditNotes(this, begin)).ConfigureAwait(false);
            end = end with { Result = (result?.Status ?? OperationStatus.Succeeded).ToString(), Message = result is CommandResult ? null : result?.Message };
        }
        catch (OperationCanceledException)
        {
            end = end with { Result = "Stopped" };
            throw;
        }
        catch (Exception failure)
        {
            // The last words of a program that an operator ran may hold anything.
            end = end with
            {
                Result = nameof(OperationStatus.Failed), ErrorId = (failure as AsterisellException)?.ErrorId ?? failure.GetType().Name,
                Message = failure is AsterisellException told and not CommandFailedException ? told.Reason : null,
            };
            throw;
        }
        finally
        {
            await WriteAsync(
                end with { Time = _clock.GetUtcNow(), Seconds = Math.Round(_clock.GetElapsedTime(start).TotalSeconds, 3) }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    internal async Task WriteAsync(AuditLine line, CancellationToken cancellation)
    {
        try
        {
            await _file.AppendAsync(line, cancellation).ConfigureAwait(false);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _told, 1) == 0)
            {
                _warn($"The audit trail in '{AuditFile.DefaultFolder}' can't be written: {unwritable.Message}");
            }
        }
    }
}

/// <summary>What is written down in the course of a change.</summary>
public sealed class AuditNotes
{
    private readonly AuditTrail _trail;
    private readonly AuditLine _begin;

    internal AuditNotes(AuditTrail trail, AuditLine begin)
    {
        _trail = trail;
        _begin = begin;
    }

    /// <summary>A lease was taken over from somebody whose process is gone.</summary>
    public Task TookOverAsync(AsterisellLease left)
    {
        ArgumentNullException.ThrowIfNull(left);
        return _trail.WriteAsync(
            _begin with { Time = DateTimeOffset.UtcNow, Event = AuditEvent.TakeOver, Message = $"of {left.Since:yyyy-MM-dd HH:mm:ss} UTC: {left}" },
            CancellationToken.None);
    }
}
