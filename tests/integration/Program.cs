using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration;

/// <summary>
/// What a test needs as a process of its own, because it is going to be killed. <c>backup HOST ENDPOINT INSTANCE DESTINATION</c>: makes one
/// backup and prints its folder. <c>restore HOST ENDPOINT INSTANCE SNAPSHOT</c>: restores one.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["backup" or "restore", var host, var endpoint, var name, var folder])
        {
            Console.Error.WriteLine("usage: backup HOST ENDPOINT INSTANCE DESTINATION | restore HOST ENDPOINT INSTANCE SNAPSHOT");
            return 2;
        }

        AsterisellInstance instance = new() { Name = name, Host = new AsterisellHost { Name = host, Endpoint = new Uri(endpoint) } };
        await using DockerConnector connector = new();
        IInstance live = await new InstanceOpener(connector).OpenAsync(instance, CancellationToken.None);
        if (arguments[0] == "restore")
        {
            AsterisellBackup snapshot = await BackupCatalog.DescribeAsync(folder, CancellationToken.None);
            RestoreResult result = await new InstanceRestore(TimeProvider.System)
                .RestoreAsync(live, snapshot, new RestoreOptions(), new StepLog(), null, CancellationToken.None);
            Console.WriteLine(result.Message);
            return 0;
        }

        AsterisellBackup backup = await new InstanceBackup(TimeProvider.System)
            .MakeAsync(live, new BackupOptions(folder), null, CancellationToken.None);
        Console.WriteLine(backup.Path);
        return 0;
    }
}
