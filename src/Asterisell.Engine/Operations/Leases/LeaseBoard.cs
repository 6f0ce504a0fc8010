using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Operations.Leases;

/// <summary>The leases on one engine: what is there, and what may become of it.</summary>
/// <remarks>
/// The engine gives whoever creates a volume the one that has the name already, with its labels; among many who ask at the same time one is the
/// first. Times are those at which the engine's machine made a volume. See docs/decisions/0028.
/// </remarks>
internal sealed class LeaseBoard(IDockerEngine engine, LeaseTiming timing)
{
    private const string Prefix = "asterisell-lease.";

    /// <summary>Makes a lease, or gives the one that is there.</summary>
    public async Task<LeaseTag> HoldAsync(LeaseTag wanted, CancellationToken cancellation) => LeaseTag.Read(
        await engine.Volumes.CreateAsync(HoldName(wanted.Instance), wanted.ToLabels(LeasePart.Hold), cancellation).ConfigureAwait(false));

    /// <summary>The lease of an instance as it is now; null where there is none.</summary>
    public async Task<LeaseTag?> FindAsync(string instance, CancellationToken cancellation) =>
        await engine.Volumes.FindAsync(HoldName(instance), cancellation).ConfigureAwait(false) is { } volume ? LeaseTag.Read(volume) : null;

    /// <summary>The lease of an instance with all that is known of it; null where there is none.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="from">Who asks.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<LeaseNote?> DescribeAsync(string instance, LeaseHolder from, CancellationToken cancellation)
    {
        IReadOnlyList<VolumeDetail> parts = await engine.Volumes.ListAsync([$"{LeaseTag.InstanceLabel}={instance}"], cancellation).ConfigureAwait(false);
        VolumeDetail? hold = parts.SingleOrDefault(part => IsPart(part, LeasePart.Hold));
        return hold is null ? null : Describe(hold, parts, await NowAsync(cancellation).ConfigureAwait(false), from);
    }

    /// <summary>Leaves a sign of life, and takes the one before it away.</summary>
    public async Task SignAsync(LeaseTag mine, int number, CancellationToken cancellation)
    {
        await engine.Volumes.CreateAsync(SignName(mine, number), mine.ToLabels(LeasePart.Sign), cancellation).ConfigureAwait(false);
        if (number > 1)
        {
            await TryRemoveAsync(SignName(mine, number - 1), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a lease away, if it is still this one, and all of its parts.</summary>
    /// <returns>False where it was not there any more.</returns>
    public async Task<bool> RemoveAsync(LeaseTag lease, CancellationToken cancellation)
    {
        bool isThere = (await FindAsync(lease.Instance, cancellation).ConfigureAwait(false))?.Id == lease.Id;
        if (isThere)
        {
            await TryRemoveAsync(HoldName(lease.Instance), cancellation).ConfigureAwait(false);
        }

        foreach (VolumeDetail part in await engine.Volumes.ListAsync([$"{LeaseTag.IdLabel}={lease.Id}"], cancellation).ConfigureAwait(false))
        {
            if (!IsPart(part, LeasePart.Hold))
            {
                await TryRemoveAsync(part.Name, cancellation).ConfigureAwait(false);
            }
        }

        return isThere;
    }

    /// <summary>Takes an abandoned lease away. Of many who find it abandoned one may; were it otherwise, the last would remove what the first made in its place.</summary>
    /// <returns>False where somebody else did, or is at it.</returns>
    public async Task<bool> ClearAsync(LeaseTag abandoned, LeaseHolder by, CancellationToken cancellation)
    {
        string right = Guid.NewGuid().ToString("N");
        for (int attempt = 1; ; attempt++)
        {
            long start = Environment.TickCount64;
            Dictionary<string, string> labels = (abandoned with { Holder = by, Reason = right }).ToLabels(LeasePart.Claim);
            VolumeDetail claim = await engine.Volumes.CreateAsync(ClaimName(abandoned, attempt), labels, cancellation).ConfigureAwait(false);
            if (LeaseTag.Read(claim).Reason == right)
            {
                // Who was held up for so long that others count it as dead must not act on its right any more.
                return Environment.TickCount64 - start < timing.ClaimLimit.TotalMilliseconds / 3
                    && await RemoveAsync(abandoned, cancellation).ConfigureAwait(false);
            }

            if (await NowAsync(cancellation).ConfigureAwait(false) - claim.CreatedAt < timing.ClaimLimit)
            {
                return false;
            }
        }
    }

    private static bool IsPart(VolumeDetail volume, LeasePart part) => volume.Labels.GetValueOrDefault(LeaseTag.Part) == part.ToString();

    private static string HoldName(string instance) => Prefix + instance;

    private static string SignName(LeaseTag lease, int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{lease.Instance}.{lease.Id}.sign-{number}");

    private static string ClaimName(LeaseTag lease, int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{lease.Instance}.{lease.Id}.claim-{number}");

    private LeaseNote Describe(VolumeDetail hold, IReadOnlyList<VolumeDetail> parts, DateTimeOffset now, LeaseHolder from)
    {
        LeaseTag tag = LeaseTag.Read(hold);
        DateTimeOffset since = hold.CreatedAt ?? now;
        DateTimeOffset last = parts
            .Where(part => IsPart(part, LeasePart.Sign) && LeaseTag.Read(part).Id == tag.Id)
            .Select(part => part.CreatedAt ?? now).Append(since).Max();
        TimeSpan silence = now > last ? now - last : TimeSpan.Zero;
        bool isAbandoned = silence > timing.AbandonedAfter || tag.Holder.IsGone(from);
        var lease = new AsterisellLease(
            tag.Instance, engine.Host.Name, tag.Holder.Owner, tag.Holder.Machine, tag.Holder.ProcessId, tag.Reason, since, last,
            isAbandoned ? LeaseState.Abandoned : LeaseState.Active) { Id = tag.Id, Silence = silence };
        return new LeaseNote(tag, lease);
    }

    private async Task<DateTimeOffset> NowAsync(CancellationToken cancellation) =>
        (await engine.GetInfoAsync(cancellation).ConfigureAwait(false)).Clock ?? DateTimeOffset.UtcNow;

    private async Task TryRemoveAsync(string volume, CancellationToken cancellation)
    {
        try
        {
            await engine.Volumes.RemoveAsync(volume, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // Somebody was quicker.
        }
    }
}

/// <summary>A lease as programs and as people know it.</summary>
internal sealed record LeaseNote(LeaseTag Tag, AsterisellLease Lease);
