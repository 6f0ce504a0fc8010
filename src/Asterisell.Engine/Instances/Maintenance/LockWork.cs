using System.Diagnostics;

namespace Asterisell.Engine.Instances.Maintenance;

/// <summary>One change of an instance's locks under way.</summary>
internal sealed class LockWork(AsterisellInstance instance, string operation, TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Its result.</summary>
    public LockResult End(bool changed, string message, ApplicationLocks before, ApplicationLocks after) => new(
        instance.Name, instance.HostName, operation, changed ? OperationStatus.Succeeded : OperationStatus.Unchanged,
        _startedAt, Stopwatch.GetElapsedTime(_start), message)
    {
        Before = before,
        After = after,
    };
}
