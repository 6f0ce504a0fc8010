using System.Text.Json;
using System.Text.Json.Serialization;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>
/// What a replacement of data has begun, written in the container before it is done: a run that was killed is undone from it, or finished where
/// the new data were final, by the next one, also from another machine.
/// </summary>
internal sealed record ReplacementJournal
{
    /// <summary>How far it is.</summary>
    public required ReplacementPhase Phase { get; init; }

    /// <summary>What comes in, in words.</summary>
    public required string What { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether cron was locked before.</summary>
    public required bool CronLocked { get; init; }

    /// <summary>Whether the customers' web was locked before.</summary>
    public required bool WebLocked { get; init; }

    /// <summary>Database that is worked on; null where only files are replaced.</summary>
    public string? Database { get; init; }

    /// <summary>Tables that are moved; null until then.</summary>
    public SwapPlan? Swap { get; init; }

    /// <summary>Directories whose files are exchanged.</summary>
    public IReadOnlyList<FilePlace> Places { get; init; } = [];
}

/// <summary>How far a replacement of data is.</summary>
internal enum ReplacementPhase
{
    /// <summary>New data are brought; nothing present was touched but the locks.</summary>
    Preparing,

    /// <summary>Data are being exchanged, or were and are being judged.</summary>
    Swapping,

    /// <summary>The new data are final.</summary>
    Committed,
}

/// <summary>JSON of the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(ReplacementJournal))]
internal sealed partial class ReplacementJson : JsonSerializerContext
{
}

/// <summary>Keeps the journal of one instance in its container, on the volume of its data.</summary>
internal sealed class JournalStore(IInstance instance)
{
    private const int LargestJournal = 4 * 1024 * 1024;
    private const int LargestObjects = 64 * 1024 * 1024;

    private static readonly FileOwnership Private = new("root", "root", 0x180);

    /// <summary>Folder of the replacement in the container.</summary>
    public string Folder { get; } = $"/var/lib/asterisell-restore/{instance.Definition.Name}";

    private string Journal => $"{Folder}/journal.json";

    private string Objects => $"{Folder}/objects-before.sql";

    /// <summary>Whether there is anything of a run, that goes on or was killed.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellation) =>
        await instance.Files.FindAsync(Folder, cancellation).ConfigureAwait(false) is not null;

    /// <summary>The journal of a run that did not end; null where there is none.</summary>
    public async Task<ReplacementJournal?> FindAsync(CancellationToken cancellation)
    {
        if (await instance.Files.FindAsync(Journal, cancellation).ConfigureAwait(false) is null)
        {
            return null;
        }

        byte[] json = await instance.Files.ReadAsync(Journal, LargestJournal, cancellation).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(json, ReplacementJson.Default.ReplacementJournal);
        }
        catch (JsonException broken)
        {
            throw RestoreErrors.RestoreJournalInvalid(instance.Definition, Journal, broken);
        }
    }

    /// <summary>Writes it so that it survives whatever comes next.</summary>
    public Task WriteAsync(ReplacementJournal journal, CancellationToken cancellation) =>
        instance.Files.WriteAsync(Journal, JsonSerializer.SerializeToUtf8Bytes(journal, ReplacementJson.Default.ReplacementJournal), Private, cancellation);

    /// <summary>Keeps the statements for the views, triggers, routines and events that are there before.</summary>
    public Task WriteObjectsAsync(string objects, CancellationToken cancellation) =>
        instance.Files.WriteAsync(Objects, ByteText.Encode(objects), Private, cancellation);

    /// <summary>These statements.</summary>
    public async Task<string> ReadObjectsAsync(CancellationToken cancellation) =>
        ByteText.Decode(await instance.Files.ReadAsync(Objects, LargestObjects, cancellation).ConfigureAwait(false));
}
