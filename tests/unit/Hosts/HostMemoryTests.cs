using Asterisell.Engine.Hosts;

namespace Asterisell.Tests.Unit.Hosts;

public sealed class HostMemoryTests
{
    private const long Gigabyte = 1L << 30;
    private const long Megabyte = 1L << 20;

    private static readonly HostMemory.Reading[] Four =
        [Reading("small", 100 * Megabyte), Reading("large", 40 * Gigabyte), Reading("middle", 10 * Gigabyte), Reading("unread", null)];

    [Fact]
    public void Where_it_is_scarce_it_is_shared_by_the_sizes_of_the_databases()
    {
        IReadOnlyList<InstanceMemory> shares = HostMemory.Share(16 * Gigabyte, Four);
        Assert.Equal(["small", "large", "middle", "unread"], shares.Select(share => share.Name));
        Assert.Equal((64 * Megabyte, 64 * Megabyte), (shares[0].SharedCacheBytes, shares[3].SharedCacheBytes));
        Assert.InRange((double)shares[1].SharedCacheBytes / shares[2].SharedCacheBytes, 3.9, 4.1);

        // 16 GiB less a tenth and 200 MiB of other programs for each of the four.
        Assert.InRange(shares.Sum(share => share.SharedCacheBytes), 13 * Gigabyte, (long)(13.7 * Gigabyte));
    }

    [Fact]
    public void Where_there_is_plenty_none_gets_more_than_it_can_use() =>
        Assert.Equal(
            [120 * Megabyte, 48 * Gigabyte, 12 * Gigabyte, 64 * Megabyte],
            HostMemory.Share(128 * Gigabyte, Four).Select(share => share.SharedCacheBytes));

    [Fact]
    public void A_host_that_is_too_small_gives_each_the_least() =>
        Assert.All(HostMemory.Share(Gigabyte, [Reading("a", Gigabyte), Reading("b", Gigabyte)]), share => Assert.Equal(64 * Megabyte, share.SharedCacheBytes));

    private static HostMemory.Reading Reading(string name, long? databaseBytes) => new(
        new AsterisellInstance { Name = name, Host = new AsterisellHost { Name = "milan", Endpoint = new Uri("unix:///x") } },
        new MemoryStatus { ConfiguredBytes = Gigabyte, UsedBytes = 300 * Megabyte, DatabaseUsedBytes = 100 * Megabyte },
        databaseBytes);
}
