using System.Text.Json;
using System.Text.Json.Serialization;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>The journal of one checkout: <c>.git/asterisell/update</c>, there from before an update's first touch to its end.</summary>
internal static class UpdateJournal
{
    public const string Folder = "asterisell/update";

    /// <summary>Written last, so that a journal without it was never in force.</summary>
    public const string RecordName = "record.json";

    /// <summary>The copy of git's index.</summary>
    public const string IndexName = "index";

    /// <summary>Full path of the folder.</summary>
    public static string PathOf(Checkout checkout) => checkout.OwnPath(Folder);

    /// <summary>The journal in force; null for none.</summary>
    public static async Task<UpdateRecord?> ReadAsync(Checkout checkout, CancellationToken cancellation)
    {
        try
        {
            byte[] content = await File.ReadAllBytesAsync(Path.Combine(PathOf(checkout), RecordName), cancellation).ConfigureAwait(false);
            return JsonSerializer.Deserialize(content, JournalJson.Default.UpdateRecord);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The journal of an update that neither ended nor waits for the operator's decisions; null for none.</summary>
    public static async Task<UpdateRecord?> FindInterruptedAsync(Checkout checkout, WorkingState state, CancellationToken cancellation)
    {
        if (await ReadAsync(checkout, cancellation).ConfigureAwait(false) is not { } record
            || OperationProbe.IsMerging(checkout)
            || await IsFinishedAsync(checkout, record, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        // Conflicts of local changes with the merged version are no interruption: they wait for a decision.
        bool merged = await HasIncomingAsync(checkout, record, cancellation).ConfigureAwait(false);
        return merged && !checkout.Has("MERGE_AUTOSTASH") && state.Unmerged.Count > 0 ? null : record;
    }

    /// <summary>True where the new version is merged and nothing that was put aside still waits, so that the journal is merely not yet removed.</summary>
    public static async Task<bool> IsFinishedAsync(Checkout checkout, UpdateRecord record, CancellationToken cancellation)
    {
        if (checkout.Has("MERGE_AUTOSTASH") || OperationProbe.IsMerging(checkout) || checkout.Has("index.lock"))
        {
            return false;
        }

        GitOutput unmerged = await checkout.Git.RequireAsync(["ls-files", "--unmerged", "-z"], cancellation).ConfigureAwait(false);
        return unmerged.Bytes.Length == 0 && await HasIncomingAsync(checkout, record, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the journal away: its record first, so that a half removed one is not in force.</summary>
    public static void Remove(Checkout checkout)
    {
        string folder = PathOf(checkout);
        if (Directory.Exists(folder))
        {
            File.Delete(Path.Combine(folder, RecordName));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> HasIncomingAsync(Checkout checkout, UpdateRecord record, CancellationToken cancellation) =>
        (await checkout.Git.RunAsync(["merge-base", "--is-ancestor", record.Incoming, "HEAD"], cancellation).ConfigureAwait(false)).Succeeded;
}

/// <summary>JSON of the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(UpdateRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
