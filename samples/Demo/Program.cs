// The main job end to end on the lab, with the Engine alone: inventory, status, backup of every instance, proof, and a proof that fails.
using Asterisell;
using Asterisell.Demo;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory;
using Asterisell.Engine.Operations;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
string work = Directory.CreateTempSubdirectory("asterisell-demo-").FullName;
var lab = new DemoLab();
try
{
    await lab.StartAsync("local/billing", "local/reports", "milan/billing");
    string file = Path.Combine(work, "asterisell.yml");
    await File.WriteAllTextAsync(file, await lab.InventoryAsync(), stop.Token);
    Console.WriteLine($"\n# The inventory\n{await File.ReadAllTextAsync(file, stop.Token)}");
    InventoryReadResult read = InventoryReader.Read(file);
    IReadOnlyList<AsterisellInstance> instances = read.Require().Instances;

    await using var docker = new DockerConnector();
    var opener = new InstanceOpener(docker);
    var fleet = new FleetRunner(new FleetOptions());

    Console.WriteLine("# How are they?");
    await foreach (FleetOutcome outcome in fleet.RunAsync(instances, ShowStatusAsync, stop.Token))
    {
        ShowFailure(outcome);
    }

    Console.WriteLine("\n# Back all of them up, and prove it");
    string destination = Path.Combine(work, "backups");
    await foreach (FleetOutcome outcome in new FleetRunner(new FleetOptions()).RunAsync(instances, BackUpAsync, stop.Token))
    {
        ShowFailure(outcome);
    }

    Console.WriteLine("\n# One byte of one dump flips: the proof notices");
    string dump = Directory.EnumerateFiles(Path.Combine(destination, "local", "reports"), "*.sql.gz", SearchOption.AllDirectories).First();
    byte[] bytes = await File.ReadAllBytesAsync(dump, stop.Token);
    bytes[bytes.Length / 2] ^= 1;
    await File.WriteAllBytesAsync(dump, bytes, stop.Token);
    await foreach (AsterisellBackup backup in BackupCatalog.ListAsync(destination, (_, _) => true, stop.Token))
    {
        await ProveAsync(backup);
    }

    return 0;

    async Task ShowStatusAsync(AsterisellInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        IInstance live = await opener.OpenAsync(instance, cancellation);
        InstanceStatus status = await live.Status.ReadAsync(new StatusOptions(), cancellation);
        Console.WriteLine(
            $"{instance,-16} {status.Condition,-9} {status.Container.State,-8} {status.Application?.Version,-15} "
            + $"last rated call {status.Calls?.LastRatedCall:u}  unread: {status.Unread.Count}");
    }

    async Task BackUpAsync(AsterisellInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        IInstance live = await opener.OpenAsync(instance, cancellation);
        AsterisellBackup backup = await new InstanceBackup(TimeProvider.System)
            .MakeAsync(live, new BackupOptions(destination), progress, cancellation);
        Console.WriteLine($"{backup}: {backup.TableCount} tables, {backup.RowCount} rows, {backup.SizeBytes / 1024} KiB in {backup.Duration.TotalSeconds:F1} s");
        await ProveAsync(backup);
    }

    async Task ProveAsync(AsterisellBackup backup)
    {
        BackupVerdict verdict = await new BackupVerifier(TimeProvider.System).TestAsync(backup, BackupTestLevel.Content, null, stop.Token);
        Console.WriteLine($"{backup}: {(verdict.Passed ? "proven" : "DAMAGED: " + string.Join("; ", verdict.Findings))}");
    }
}
catch (AsterisellException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
finally
{
    await lab.RemoveAsync();
    Directory.Delete(work, recursive: true);
}

static void ShowFailure(FleetOutcome outcome)
{
    if (outcome.Status != OperationStatus.Succeeded)
    {
        Console.WriteLine($"{outcome.Instance}: {outcome.Message}");
    }
}
