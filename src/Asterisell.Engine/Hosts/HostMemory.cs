using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Hosts;

/// <summary>Reads the memory of all running instances of a host, and shares the host's memory out among them.</summary>
internal sealed class HostMemory(IDockerEngine engine, TimeProvider clock)
{
    private const int MostAtATime = 8;
    private const long Megabyte = 1024L * 1024;
    private const long LeastCache = 64 * Megabyte;

    private const string Script = ProbeScripts.Prelude + ProbeScripts.Credentials + ProbeScripts.Memory + ProbeScripts.Sql + ProbeScripts.End;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Fills in the memory's part of a host.</summary>
    /// <param name="host">Everything else.</param>
    /// <param name="instances">Instances of the inventory on it.</param>
    /// <param name="running">Those of them that run.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<HostInfo> FillAsync(
        HostInfo host, IReadOnlyList<AsterisellInstance> instances, IReadOnlyList<AsterisellInstance> running, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(MostAtATime);
        Reading?[] readings = await Task.WhenAll(running.Select(instance => ReadAsync(instance, places, cancellation))).ConfigureAwait(false);
        Reading[] known = [.. readings.OfType<Reading>()];
        return host with
        {
            MemoryPlannedBytes = MemoryPlan.OfHost(instances, host.HostName),
            MemoryPromisedBytes = known.Sum(one => one.Memory.LimitBytes ?? one.Memory.DatabaseLimitBytes ?? 0),
            MemoryNeededBytes = known.Sum(one => Others(one) + (one.Memory.DatabaseNeededBytes ?? one.Memory.DatabaseUsedBytes ?? 0)),
            MemoryUsedBytes = known.Sum(one => one.Memory.UsedBytes ?? 0),
            InstanceMemory = Share(host.MemoryBytes, known),
            MemoryUnread = [.. running.Where((_, i) => readings[i] is null).Select(instance => instance.Name)],
        };
    }

    /// <summary>
    /// A tenth, and at least a gigabyte, is the system's; what programs other than MariaDB take is theirs. The rest goes to the databases by
    /// their sizes; what a small one does not need goes to the others.
    /// </summary>
    internal static IReadOnlyList<InstanceMemory> Share(long hostBytes, IReadOnlyList<Reading> readings)
    {
        long left = hostBytes - Math.Max(1024 * Megabyte, hostBytes / 10) - readings.Sum(Others);
        var caches = new Dictionary<Reading, long>();
        foreach (Reading one in readings.OrderBy(one => one.DatabaseBytes ?? 0))
        {
            double all = readings.Where(other => !caches.ContainsKey(other)).Sum(Weight);
            long part = (long)(Math.Max(0, left) * (Weight(one) / all));
            long enough = Math.Max(LeastCache, (long)((one.DatabaseBytes ?? 0) * 1.2));
            caches[one] = Math.Max(LeastCache, Math.Min(part, enough)) / Megabyte * Megabyte;
            left -= caches[one];
        }

        return [.. readings.Select(one => new InstanceMemory(one.Instance.Name, one.Instance.HostName, one.Memory, one.DatabaseBytes, caches[one]))];
    }

    private async Task<Reading?> ReadAsync(AsterisellInstance instance, SemaphoreSlim places, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var exec = new InstanceExec(engine, instance, clock);
            var probe = new InstanceProbe(exec, new CredentialSource(exec, instance), instance);
            DateTimeOffset now = clock.GetUtcNow();
            ProbeResult result = await probe.RunAsync(Script, [], StatusQueries.CreateMemory(), Limit, cancellation).ConfigureAwait(false);
            var facts = new StatusFacts(instance, result, now, now);
            MemoryStatus memory = MemoryReader.Read(facts, hostPlanned: null);
            return memory.UsedBytes is null ? null : new Reading(instance, memory, DatabaseReader.Read(facts, exact: false).SizeBytes);
        }
        catch (AsterisellException)
        {
            // It ended just now, or is no instance inside; the sums say whose part is missing.
            return null;
        }
        finally
        {
            places.Release();
        }
    }

    private static long Others(Reading one) => Math.Max(0, (one.Memory.UsedBytes ?? 0) - (one.Memory.DatabaseUsedBytes ?? 0));

    private static double Weight(Reading one) => Math.Max(Megabyte, one.DatabaseBytes ?? 0);

    /// <summary>One instance.</summary>
    internal sealed record Reading(AsterisellInstance Instance, MemoryStatus Memory, long? DatabaseBytes);
}
