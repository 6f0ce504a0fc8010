using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Hosts;

/// <summary>Ports that the inventory promises: free, or held by the instance that they are for.</summary>
internal static class PortRules
{
    internal static IReadOnlyList<HostCheck> Check(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, IReadOnlyList<ContainerDetail> running, MachineFacts machine)
    {
        Dictionary<int, string> holders = running
            .SelectMany(container => container.Ports.Where(port => port is { Protocol: "tcp", HostPort: > 0 }).Select(port => (port.HostPort, container.Name)))
            .GroupBy(port => port.HostPort)
            .ToDictionary(port => port.Key, port => port.First().Name);
        (AsterisellInstance Instance, string Use, int Port)[] wanted = [.. instances.SelectMany(Wanted)];
        List<HostCheck> conflicts = [];
        int held = 0;
        foreach ((AsterisellInstance instance, string use, int port) in wanted)
        {
            string? holder = holders.GetValueOrDefault(port);
            if (holder == instance.ContainerName)
            {
                held++;
            }
            else if (holder is not null)
            {
                conflicts.Add(Conflict(host, instance, use, port, $"the container '{holder}'", $"Give one of the two another port, or stop it: docker stop {holder}"));
            }
            else if (machine.ListeningPorts?.Contains(port) == true)
            {
                conflicts.Add(Conflict(host, instance, use, port, "another program", $"See which on the host: ss -ltnp 'sport = :{port}'. Or give the instance another port."));
            }
        }

        return conflicts.Count > 0 ? conflicts : [Summary(host, wanted.Length, held, machine)];
    }

    private static HostCheck Summary(AsterisellHost host, int wanted, int held, MachineFacts machine)
    {
        string unseen = machine.ListeningPorts is null && wanted > held ? " Programs outside of Docker could not be looked at." : "";
        return new(
            host.Name, "Ports", unseen.Length == 0 ? CheckResult.Passed : CheckResult.Unknown,
            $"{wanted} ports in the inventory: {held} held by their instances, {wanted - held} free.{unseen}", null);
    }

    private static HostCheck Conflict(AsterisellHost host, AsterisellInstance instance, string use, int port, string holder, string remedy) =>
        new(host.Name, "Ports", CheckResult.Failed, $"Port {port} ({use} of {instance}) is held by {holder}.", remedy);

    private static IEnumerable<(AsterisellInstance Instance, string Use, int Port)> Wanted(AsterisellInstance instance)
    {
        PortSettings ports = instance.Settings.Ports;
        (string Use, int? Port)[] all = [("http", ports.Http), ("https", ports.Https), ("ssh", ports.Ssh)];
        return all.Where(one => one.Port is not null).Select(one => (instance, one.Use, one.Port!.Value));
    }
}
