namespace Asterisell.Engine.Operations;

/// <summary>Divides a fleet.</summary>
internal static class Waves
{
    /// <summary>
    /// Waves in the given order; the last size is repeated until all instances are in one. Inside a wave the hosts take turns, so that no
    /// host waits for another one's queue.
    /// </summary>
    public static IEnumerable<IReadOnlyList<AsterisellInstance>> Plan(IReadOnlyList<AsterisellInstance> instances, IReadOnlyList<BatchSize> sizes)
    {
        int wave = 0;
        for (int done = 0; done < instances.Count;)
        {
            int size = sizes.Count == 0 ? instances.Count : sizes[Math.Min(wave++, sizes.Count - 1)].Of(instances.Count);
            yield return TakeTurns(instances.Skip(done).Take(size));
            done += size;
        }
    }

    private static AsterisellInstance[] TakeTurns(IEnumerable<AsterisellInstance> wave) =>
        [.. wave
            .GroupBy(instance => instance.HostName, StringComparer.OrdinalIgnoreCase)
            .SelectMany(host => host.Select((instance, turn) => (turn, instance)))
            .OrderBy(place => place.turn)
            .Select(place => place.instance)];
}
