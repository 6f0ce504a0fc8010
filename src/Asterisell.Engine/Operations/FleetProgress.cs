using System.Collections.Concurrent;

namespace Asterisell.Engine.Operations;

/// <summary>What a fleet is doing now, for whoever shows it. Written by the runner, read by another thread whenever it likes.</summary>
public sealed class FleetProgress
{
    private readonly ConcurrentDictionary<RunningInstance, byte> running = new();
    private int nextId;
    private int total;
    private int ended;
    private int failed;

    /// <summary>Instances in all.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Instances that have ended, failed and skipped ones too.</summary>
    public int Ended => Volatile.Read(ref ended);

    /// <summary>Instances that failed.</summary>
    public int Failed => Volatile.Read(ref failed);

    /// <summary>Instances worked on now, the longest running first.</summary>
    public IReadOnlyList<RunningInstance> Running => [.. running.Keys.OrderBy(instance => instance.Id)];

    internal void Begin(int count) => Volatile.Write(ref total, count);

    internal RunningInstance Enter(AsterisellInstance instance)
    {
        var entered = new RunningInstance(Interlocked.Increment(ref nextId), instance);
        running.TryAdd(entered, 0);
        return entered;
    }

    internal void Leave(RunningInstance? instance, bool asFailure)
    {
        if (instance is not null)
        {
            running.TryRemove(instance, out _);
        }

        if (asFailure)
        {
            Interlocked.Increment(ref failed);
        }

        Interlocked.Increment(ref ended);
    }
}

/// <summary>An instance that is being worked on.</summary>
public sealed class RunningInstance : IOperationProgress
{
    private Tuple<string, int> now = new("starting", -1);

    internal RunningInstance(int id, AsterisellInstance instance)
    {
        Id = id;
        Instance = instance;
    }

    /// <summary>Number in the fleet's run, from 1; unique.</summary>
    public int Id { get; }

    /// <summary>Instance.</summary>
    public AsterisellInstance Instance { get; }

    /// <summary>What is being done.</summary>
    public string Step => Volatile.Read(ref now).Item1;

    /// <summary>How much of the step is done, 0 to 100; -1 when not known.</summary>
    public int Percent => Volatile.Read(ref now).Item2;

    /// <inheritdoc/>
    public void Report(string value) => Volatile.Write(ref now, new(value, -1));

    /// <inheritdoc/>
    public void Report(string step, int percent) => Volatile.Write(ref now, new(step, Math.Clamp(percent, 0, 100)));
}
