using System.Text.Json;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// What the instance is, so that its container can be made anew: settings of the inventory and the container as it runs. Secrets stand as
/// references, as in the inventory; a literal one is left out.
/// </summary>
internal static class DefinitionCapture
{
    public static async Task TakeAsync(BackupRun run, ContainerDetail container, CancellationToken cancellation)
    {
        AsterisellInstance instance = run.Instance.Definition;
        InventoryRecord inventory = new(
            instance.Name, instance.HostName, instance.Host.Endpoint.ToString(), instance.ContainerName, instance.Active, instance.Tags, instance.Settings);
        await run.Snapshot.AddFileAsync(
            SnapshotLayout.Inventory, JsonSerializer.SerializeToUtf8Bytes(inventory, BackupJson.Default.InventoryRecord), cancellation).ConfigureAwait(false);
        await run.Snapshot.AddFileAsync(
            SnapshotLayout.Container, JsonSerializer.SerializeToUtf8Bytes(container, BackupJson.Default.ContainerDetail), cancellation).ConfigureAwait(false);
    }
}

/// <summary>The file <c>instance/inventory.json</c>.</summary>
internal sealed record InventoryRecord(
    string Name, string Host, string Endpoint, string Container, bool Active, IReadOnlyList<string> Tags, InstanceSettings Settings);
