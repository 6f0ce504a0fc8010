using System.Net;
using System.Net.Sockets;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>A port of a host that an instance asks for.</summary>
/// <param name="Engine">Docker engine, by which two names of one host are found out.</param>
/// <param name="Port">Port.</param>
/// <param name="Address">Bind address; null for every interface, both address families.</param>
/// <param name="Entry">Instance.</param>
/// <param name="Field">Key.</param>
internal sealed record PublishedPort(string Engine, int Port, string? Address, InstanceEntry Entry, SettingField Field)
{
    /// <summary>True when both cannot be bound at the same time: the same address, or one that is every address of the other's family.</summary>
    public bool ClashesWith(PublishedPort other)
    {
        if (Address is null || other.Address is null)
        {
            return true;
        }

        IPAddress mine = IPAddress.Parse(Address);
        IPAddress theirs = IPAddress.Parse(other.Address);
        return mine.AddressFamily == theirs.AddressFamily && (mine.Equals(theirs) || IsAny(mine) || IsAny(theirs));
    }

    private static bool IsAny(IPAddress address) =>
        address.Equals(address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any);
}
