using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Restore.Application;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Deployment.Scratch;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.Engine.Repository;

namespace Asterisell.Tests.Integration;

/// <summary>
/// What a test needs as a process of its own, because it is going to be killed. <c>backup HOST ENDPOINT INSTANCE DESTINATION</c>: makes one
/// backup and prints its folder. <c>restore HOST ENDPOINT INSTANCE SNAPSHOT</c>: restores one; <c>application</c> in place of a snapshot: the
/// application's own backup. <c>drill HOST ENDPOINT INSTANCE SNAPSHOT</c>: restores one in a throw-away container, and says when that is begun.
/// <c>update HOST ENDPOINT INSTANCE CHECKOUT DESTINATION</c>: updates one, and says each phase when it is written down. <c>checkout FOLDER</c>: updates a checkout.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["update", var at, var address, var updated, var checkout, var backups])
        {
            return await Update.UpdateLab.RunAsync(new AsterisellHost { Name = at, Endpoint = new Uri(address) }, updated, checkout, backups);
        }

        if (arguments is ["checkout", var repository])
        {
            await new RepositoryUpdater(TimeProvider.System).UpdateAsync(repository, new CheckoutOptions(), null, CancellationToken.None);
            return 0;
        }

        if (arguments is not ["backup" or "restore" or "drill", var host, var endpoint, var name, var folder])
        {
            Console.Error.WriteLine("usage: backup HOST ENDPOINT INSTANCE DESTINATION | restore|drill HOST ENDPOINT INSTANCE SNAPSHOT | checkout FOLDER");
            return 2;
        }

        AsterisellInstance instance = new() { Name = name, Host = new AsterisellHost { Name = host, Endpoint = new Uri(endpoint) } };
        await using DockerConnector connector = new();
        IInstance live = await new InstanceOpener(connector).OpenAsync(instance, CancellationToken.None);
        if (arguments[0] == "drill")
        {
            AsterisellBackup tested = await BackupCatalog.DescribeAsync(folder, CancellationToken.None);
            BackupVerdict verdict = await new RestoreDrill(new ScratchInstances(connector), TimeProvider.System)
                .TestAsync(tested, new DrillOptions(instance, instance.Host, null), new Speaker(), CancellationToken.None);
            Console.WriteLine(verdict.Passed);
            return 0;
        }

        if (arguments is ["restore", .., "application"])
        {
            RestoreResult own = await new ApplicationRestore(TimeProvider.System)
                .RestoreAsync(live, null, new RestoreOptions(), new StepLog(), null, CancellationToken.None);
            Console.WriteLine(own.Message);
            return 0;
        }

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

    private sealed class Speaker : IOperationProgress
    {
        public void Report(string value) => Console.WriteLine(value);

        public void Report(string step, int percent)
        {
        }
    }
}
