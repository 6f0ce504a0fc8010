using Asterisell.Engine.Backup;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration;

/// <summary>
/// What a test needs as a process of its own, because it is going to be killed. <c>backup HOST ENDPOINT INSTANCE DESTINATION</c>: makes one
/// backup and prints its folder.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["backup", var host, var endpoint, var name, var destination])
        {
            Console.Error.WriteLine("usage: backup HOST ENDPOINT INSTANCE DESTINATION");
            return 2;
        }

        AsterisellInstance instance = new() { Name = name, Host = new AsterisellHost { Name = host, Endpoint = new Uri(endpoint) } };
        await using DockerConnector connector = new();
        IInstance live = await new InstanceOpener(connector).OpenAsync(instance, CancellationToken.None);
        AsterisellBackup backup = await new InstanceBackup(TimeProvider.System)
            .MakeAsync(live, new BackupOptions(destination), null, CancellationToken.None);
        Console.WriteLine(backup.Path);
        return 0;
    }
}
