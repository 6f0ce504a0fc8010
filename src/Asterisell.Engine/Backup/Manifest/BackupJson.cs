using System.Text.Json;
using System.Text.Json.Serialization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Backup;

/// <summary>JSON of snapshots: camel case, unknown members ignored (a later version may add some), missing required ones an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(SecretReferenceConverter)])]
[JsonSerializable(typeof(SnapshotManifest))]
[JsonSerializable(typeof(SnapshotEntry))]
[JsonSerializable(typeof(LockOwner))]
[JsonSerializable(typeof(StoredVerdict))]
[JsonSerializable(typeof(ContainerDetail))]
[JsonSerializable(typeof(InventoryRecord))]
[JsonSerializable(typeof(DrillEvidence))]
internal sealed partial class BackupJson : JsonSerializerContext
{
    private static BackupJson? _compact;

    /// <summary>The same without line breaks.</summary>
    public static BackupJson Compact => _compact ??= new BackupJson(new JsonSerializerOptions(Default.Options) { WriteIndented = false });
}
