using System.Globalization;

namespace Asterisell.Engine.Operations.Leases;

/// <summary>What can go wrong with leases.</summary>
internal static class LeaseErrors
{
    public static AsterisellException LeaseHeld(AsterisellLease lease, TimeSpan waited) => new(
        nameof(LeaseHeld), ErrorKind.Conflict, $"{lease.HostName}/{lease.Name}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{lease} is changing it since {lease.Since:yyyy-MM-dd HH:mm:ss} UTC; last sign of life {lease.Silence.TotalSeconds:0} s ago{(waited.TotalSeconds >= 1 ? $"; waited {waited.TotalSeconds:0} s" : "")}."),
        $"Wait for the end with -LeaseTimeoutSec 600, or ask {lease.Owner}. What is known: Get-AsterisellLease {lease.HostName}/{lease.Name}");

    public static AsterisellException LeaseLost(string instance, AsterisellLease? successor) => new(
        nameof(LeaseLost), ErrorKind.Conflict, instance,
        successor is null
            ? "the lease was lost: its engine could not be told for too long that this is still at work, or somebody removed the lease. What was being done was stopped."
            : $"the lease was lost to {successor}. What was being done was stopped.",
        $"See what state it is in, and who is at work: Get-AsterisellStatus {instance}; Get-AsterisellLease {instance}");
}
