using System.Runtime.CompilerServices;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>A rate with the version before the one in force: a row of <c>ar_rate</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reference">Its reference name.</param>
/// <param name="ValidFrom">From when it is valid, local time of the instance.</param>
/// <param name="InForce">The rate file in force.</param>
/// <param name="Previous">The one before; null where it is too large to be shown.</param>
internal sealed record RateVersion(long Id, string Reference, DateTime? ValidFrom, string? InForce, string? Previous)
{
    /// <summary>The server takes no more in one statement.</summary>
    private const long MostBytes = 32L * 1024 * 1024;

    private const string Question =
        "SELECT id AS id, internal_name AS name, from_time AS since, IF(LENGTH(source_data_file) <= @limit, source_data_file, NULL) AS source,"
        + " IF(LENGTH(backup_source_data_file) <= @limit, backup_source_data_file, NULL) AS previous"
        + " FROM ar_rate WHERE backup_source_data_file IS NOT NULL ORDER BY internal_name, id";

    /// <summary>Rates that have one.</summary>
    public static async IAsyncEnumerable<RateVersion> ListAsync(IInstance instance, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?> { ["limit"] = MostBytes };
        await foreach (SqlRow row in instance.Database.QueryAsync(Question, values, cancellation).ConfigureAwait(false))
        {
            yield return new RateVersion(row.Whole("id")!.Value, row["name"] ?? "", row.Time("since"), row["source"], row["previous"]);
        }
    }

    /// <summary>One of them.</summary>
    /// <exception cref="AsterisellException"><c>UndoPointNotFound</c>.</exception>
    public static async Task<RateVersion> FindAsync(IInstance instance, long id, CancellationToken cancellation)
    {
        await foreach (RateVersion rate in ListAsync(instance, cancellation).ConfigureAwait(false))
        {
            if (rate.Id == id)
            {
                return rate;
            }
        }

        throw UndoErrors.UndoPointNotFound(instance.Definition, UndoKind.Rate, id);
    }

    /// <summary>Why the previous version could not be restored; null when it could.</summary>
    public string? WhyNot => Previous switch
    {
        null => $"it is larger than {MostBytes / (1024 * 1024)} MiB",
        "" => "it is empty",
        _ => null,
    };
}
